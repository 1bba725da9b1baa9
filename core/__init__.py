"""The ground floor: audit, states, spreadsheets, uploads. It knows no domain."""
