"""What the pages share: the store, the templates, the least role."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import HTMLResponse

from svidok.store.contract import Store
from svidok.web.access import Caller, need

__all__ = ["Admin", "Chronicle", "Contributor", "Reviewer", "Viewer", "show", "store_of"]


async def store_of(request: Request) -> Store:
    """The chronicle that the application serves."""
    store: Store = request.app.state.store
    return store


Chronicle = Annotated[Store, Depends(store_of)]
Viewer = Annotated[Caller, Depends(need("viewer"))]
Contributor = Annotated[Caller, Depends(need("contributor"))]
Reviewer = Annotated[Caller, Depends(need("reviewer"))]
Admin = Annotated[Caller, Depends(need("admin"))]


def show(request: Request, name: str, **values: Any) -> HTMLResponse:
    """Render a template."""
    page: HTMLResponse = request.app.state.templates.page(request, name, **values)
    return page
