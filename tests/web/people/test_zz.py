from django.test.utils import CaptureQueriesContext
from django.db import connection
from test_whole import *
def test_q(street, signed_in):
    b=signed_in("office")
    with CaptureQueriesContext(connection) as c:
        b.get(address(street,"甲全程"))
    print(len(c)); 
    for q in c.captured_queries: print(q["sql"][:160])
