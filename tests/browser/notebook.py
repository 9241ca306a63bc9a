"""A notebook in JupyterLab, as a test drives it: cells are run, Python is asked, the rest is for the desk."""

from __future__ import annotations

import ast
import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

# The cells' inputs are folded so that the workspace has the window to itself.
_RUN = """async (sources) => {
  const { currentWidget: panel } = jupyterapp.shell;
  // A notebook that is still being read shows an empty cell, and takes what is in the file in place of ours.
  await panel.context.ready;
  const notebook = panel.context.model.sharedModel;
  notebook.transact(() => {
    notebook.deleteCellRange(0, notebook.cells.length);
    sources.forEach((source, at) =>
      notebook.insertCell(at, { cell_type: "code", source, metadata: { jupyter: { source_hidden: true } } }));
  });
  await panel.sessionContext.ready;
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("The cells never ended.")), 60_000));
  // A kernel that is still starting may take no orders yet: what it did not run has no number.
  const ran = (cell) => !cell.source || typeof cell.execution_count === "number";
  const missed = () => !Array.from(notebook.cells).every(ran);
  for (let tries = 0; missed(); tries += 1) {
    if (tries > 0) await Promise.race([late, new Promise((done) => setTimeout(done, 500))]);
    await Promise.race([late, jupyterapp.commands.execute("notebook:run-all-cells")]);
  }
  const outputs = Array.from(notebook.cells, (cell) => cell.outputs ?? []).flat();
  const error = outputs.find((output) => output.output_type === "error");
  if (error) throw new Error(`${error.ename}: ${error.evalue}`);
}"""
_ASK = """async (expression) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const request = kernel.requestExecute({
    code: "import json", store_history: false, user_expressions: { value: `json.dumps(${expression})` },
  });
  const { user_expressions } = (await request.done).content;
  if (user_expressions.value.status !== "ok") throw new Error(user_expressions.value.evalue);
  return user_expressions.value.data["text/plain"];
}"""


class Notebook:
    """One notebook that is open in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def run(self, *sources: str) -> None:
        """Run some code as the notebook's only cells; it must not fail."""
        self.page.evaluate(_RUN, list(sources))

    def clear(self) -> None:
        """Close what was shown: a page that is opened later would bring it all back."""
        self.run("import ipywidgets\nipywidgets.Widget.close_all()")

    def show(self, *sources: str) -> Desk:
        """Run cells, and return the one workspace that they show."""
        self.run(*sources)
        [desk] = self.desks(1)
        desk.is_ready()
        return desk

    def desks(self, count: int) -> list[Desk]:
        """Return the workspaces on the page, from the top down."""
        roots = self.page.locator(".jp-OutputArea .dr-root")
        expect(roots).to_have_count(count)
        return [Desk(self.page, roots.nth(at)) for at in range(count)]

    def reload(self) -> None:
        """Load the page anew; the kernel goes on."""
        self.page.reload()
        self.is_open()

    def is_open(self) -> None:
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')

    def python(self, expression: str) -> Any:
        """Return the value of an expression in the kernel, as JSON tells it."""
        return json.loads(ast.literal_eval(self.page.evaluate(_ASK, expression)))  # a repr of our own JSON

    def cells(self) -> list[str]:
        """Return the sources of the cells."""
        return self.page.evaluate(
            "() => Array.from(jupyterapp.shell.currentWidget.context.model.sharedModel.cells, (c) => c.source)"
        )

    def command(self, name: str, **arguments: Any) -> None:
        """Run a command of JupyterLab's."""
        self.page.evaluate("([name, args]) => jupyterapp.commands.execute(name, args)", [name, arguments])

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme, and wait until it is there."""
        self.command("apputils:change-theme", theme=name)
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-name", name)
