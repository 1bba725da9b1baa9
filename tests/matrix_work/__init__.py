"""Rows of the permission matrix for the campaign's work, a module for each noun."""

from tests.matrix_work import (
    activities,
    attendance,
    campaigns,
    certificates,
    evidence,
    groups,
    honors,
    hours,
    invitations,
    ledgers,
    message_kinds,
    offers,
    organising,
    reviews,
    robots,
    stories,
    tasks,
    whistle_answers,
    whistle_boards,
    whistle_rates,
    whistles,
    wishes,
)

PAGES = "".join(
    module.PAGES
    for module in (
        campaigns,
        tasks,
        activities,
        evidence,
        reviews,
        honors,
        stories,
        ledgers,
        whistles,
        whistle_answers,
        whistle_boards,
        whistle_rates,
        wishes,
        offers,
        groups,
        invitations,
        organising,
        attendance,
        hours,
        certificates,
        message_kinds,
        robots,
    )
)
