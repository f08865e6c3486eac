"""`linli eligibility conform`: the engine held against published cases."""
