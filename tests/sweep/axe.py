"""axe, as it is put into each page and asked."""

from pathlib import Path

import axe_playwright_python

_SOURCE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# Comes with every page and is run where somebody looks: sent by itself it takes longer.
READ_AXE = f"window.readAxe = () => {{ {_SOURCE.read_text('utf-8')} }};"
RUN_AXE = """async ({colours}) => {
  if (!window.axe) readAxe();
  const found = await axe.run(document, {
    resultTypes: ["violations"], preload: false,
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}},
  });
  return found.violations.map((rule) => `axe ${rule.id} ×${rule.nodes.length}: ` +
    `${rule.nodes[0].target.join(" ")} ${rule.nodes[0].html.slice(0, 140)}`);
}"""
