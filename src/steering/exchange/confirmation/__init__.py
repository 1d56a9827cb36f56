"""The confirmation round's files: one workbook per carrier and its letter out, the answered workbook in.

A carrier's file holds that carrier's own records and closed lists, and nothing of anybody else.
"""
