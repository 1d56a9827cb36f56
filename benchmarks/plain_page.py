"""The yardstick: a Streamlit page as one writes it in an afternoon, on our database, by SQL alone.

Six figures, a chart and a hundred rows of the carrying fundings on a day that two buttons move by a month and
back. It keeps nothing, knows no scenario and explains nothing: what it takes, Streamlit and SQL take.
"""

import os
import sqlite3
from contextlib import closing

import pandas as pd
import streamlit as st

RUNNING = """
    FROM funding JOIN structure ON structure.id = funding.structure_id
    WHERE coalesce(funding.start, :day) <= :day AND coalesce(funding."end", :day) >= :day
"""
FIGURES = f"""
    SELECT count(DISTINCT structure_id), count(*), round(total(funding.fte), 1), total(funding.places),
           total(funding.amount_cents) / 100, sum(funding."end" < date(:day, '+1 year')) {RUNNING}
"""
CHART = f'SELECT substr(funding."end", 1, 7) AS month, count(*) AS ends {RUNNING} GROUP BY 1'
ROWS = f"""
    SELECT structure.name, funding.name AS funding, funding.start, funding."end",
           funding.fte, funding.places {RUNNING}
    ORDER BY structure.name LIMIT 100
"""
NAMES = ("Strukturen", "Förderungen", "VZÄ", "Plätze", "Euro", "enden binnen eines Jahres")


def main() -> None:
    st.set_page_config(page_title="Yardstick", layout="wide")
    months = st.session_state.setdefault("months", 0)
    on, back = st.columns(2)
    on.button("Weiter", on_click=lambda: st.session_state.update(months=months + 1))
    back.button("Zurück", on_click=lambda: st.session_state.update(months=0))
    file = os.environ["STEERING_DATABASE_URL"].removeprefix("sqlite:///")
    day = pd.Timestamp(os.environ["STEERING_TODAY"]) + pd.DateOffset(months=months)
    asked = {"day": f"{day:%Y-%m-%d}"}
    with closing(sqlite3.connect(file)) as database:
        figures = database.execute(FIGURES, asked).fetchone()
        chart, rows = (pd.read_sql(query, database, params=asked) for query in (CHART, ROWS))
    st.title(f"{day:%d.%m.%Y}")
    for column, name, figure in zip(st.columns(len(NAMES)), NAMES, figures, strict=True):
        column.metric(name, figure)
    st.bar_chart(chart, x="month", y="ends")
    st.dataframe(rows)


if __name__ == "__main__":
    main()
