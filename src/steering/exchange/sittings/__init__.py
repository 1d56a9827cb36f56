"""Calendars of committees as Ratsinformationssysteme hand them out: iCalendar, tables, OParl."""
