"""The frame of a report: its style and the few lines of script that filter it."""

from __future__ import annotations

import html
from string import Template

from codeie.display import visible

__all__ = ["PAGE", "attribute", "escaped"]


def escaped(text: str) -> str:
    """A string as HTML, with control characters shown."""
    return html.escape(visible(text), quote=False)


def attribute(text: str) -> str:
    """A string as the value of an attribute in double quotes."""
    return html.escape(text, quote=True)


# The script only compares attributes and text that are in the page already; it writes nothing
# but the `hidden` attribute and a number.
PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>$title</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 90em; margin: 2em auto; padding: 0 1em }
h2 { font-size: 1.05em; margin: 1.6em 0 0 } h3 { font-size: .85em; opacity: .7; margin: .3em 0 }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2em }
article { border-top: 1px solid rgba(128, 128, 128, .35) }
form { position: sticky; top: 0; background: Canvas; padding: .6em 0; z-index: 1 }
@media (max-width: 50em) { .sides { grid-template-columns: 1fr } }
</style>
</head>
<body>
<h1>$title</h1>
$summary
<form>
<label>Error <select id="kind"><option value="">any or none</option>$kinds</select></label>
<label>Type <select id="type"><option value="">any</option>$types</select></label>
<label>Words <input id="words" type="search"></label>
<span><b id="count">$count</b> of $count documents</span>
</form>
<main>
$documents
</main>
<script>
"use strict";
const at = (id) => document.getElementById(id);
const articles = [...document.querySelectorAll("article")];
function filter() {
  const kind = at("kind").value, type = at("type").value;
  const words = at("words").value.toLowerCase();
  let count = 0;
  for (const article of articles) {
    const fits = (!kind || JSON.parse(article.dataset.kinds).includes(kind))
      && (!type || JSON.parse(article.dataset.types).includes(type))
      && (!words || article.textContent.toLowerCase().includes(words));
    article.hidden = !fits;
    count += fits;
  }
  at("count").textContent = count;
}
document.querySelector("form").addEventListener("input", filter);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
</script>
</body>
</html>
""")
