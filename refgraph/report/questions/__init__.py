"""The questions that can be asked of a book, each registered once.

A :class:`~refgraph.report.questions.question.Question` has the name that the command line gives
it, a function that answers it, and the meaning of every column of the answer. The command, its
JSON, the report, the glossary and a notebook all ask here, so that one function computes a number
and one line says what it means.

- `question`: what a question and an answer are; `registry`: all of them by name;
- `owing`, `suggesting`, `benching`: whom I owe, whom to refer, who sits on the bench;
- `tending`, `gratitude`, `planning`: what to do today, whom to thank, who should meet whom;
- `connecting`, `chains`, `describing`, `trying`: the network, who started what, who is in the
  book, and whether the advice was any good;
- `meanings`: what columns mean that several tables have.

A book comes in, an `Answer` goes out: rows, and the sentence that belongs under them. A new
question is a function and a `Question` here, with its `Line` if the report tells it, and a command.
"""
