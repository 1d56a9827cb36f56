"""The survey of needs (Bedarfserhebung): who is asked, what was said, and what follows from it.

`bodies` says who may be asked about which tasks, `asked` what has gone out, `said` what came back and which
of it holds, `tracking` who has answered, `together` what several answers make as one need.
"""
