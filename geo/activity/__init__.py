"""What hospitals have and do, year by year: beds, births, visits, equipment, staff."""
