from __future__ import annotations

from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say


@click.command("serve")
@digest.at_root
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port; the next free one if it is taken.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles and editions too.")
@click.option("--follow", is_flag=True, help="Take the browser to the article that you just edited.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@digest.at_now
@digest.as_json
def command(
    root: Path | None,
    host: str,
    port: int,
    drafts: bool,
    future: bool,
    follow: bool,
    open_browser: bool,
    now: str | None,
    as_json: bool,
) -> None:
    """Preview the site, rebuilt on every change and reloaded in the browser. Ctrl-C ends it.

    Nothing is written to public/. New seeds are converted as they appear. Beside each article stands the
    editor's panel, with what conversion found and what it was not sure of.

    \b
    Example:
      sitegen serve --open
      sitegen serve --port 8080 --drafts --future --follow
    """
    from sitegen import build, desk, serve

    folder = digest.find_root(root)
    on_desk = desk.Desk(folder)

    def options(settings: config.SiteConfig) -> build.Options:
        return build.Options(digest.read_now(now, settings), drafts, future)

    def ready(url: str) -> None:
        if as_json:
            say.result({"url": url})
        else:
            say.line(f"The preview is at {url}  (Ctrl-C ends it)")
        if open_browser and digest.has_screen():
            click.launch(url)

    def log(message: str) -> None:
        click.echo(message, err=True)

    serve.serve(
        folder,
        serve.rebuilding(folder, options, on_desk, follow=follow),
        host=host,
        port=port,
        base=config.load(folder).base,
        desk=on_desk,
        on_ready=ready,
        log=log,
    )
