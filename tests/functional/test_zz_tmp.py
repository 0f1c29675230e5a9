from tests.functional.test_every_page_is_sound import *
JS = """() => [...document.querySelectorAll('.usa-table--stacked')].map(t => [t.parentElement.ariaLabel, t.parentElement.scrollWidth, t.parentElement.clientWidth, t.scrollWidth, [...t.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > t.parentElement.getBoundingClientRect().right+1).slice(0,6).map(e => e.tagName+':'+e.className+':'+e.textContent.trim().slice(0,80)+':'+e.getBoundingClientRect().right)])"""
def test_tmp(page, live_server, clock, cast, petition_in, sign_in):
    petition_in(Status.PUBLISHED) if hasattr(Status,'PUBLISHED') else None
    page.set_viewport_size({"width":360,"height":900})
    page.goto(live_server.url+"/tariff/6810.99.00/")
    print(page.evaluate(JS))
    p=petition_in(Status.DRAFTING)
    sign_in(cast["drafter"])
    page.goto(f"{live_server.url}/review/{p.reference}/record/product_text/")
    page.set_viewport_size({"width":360,"height":900})
    print(page.evaluate(JS))
    page.screenshot(path="/tmp/m.png",full_page=True)
