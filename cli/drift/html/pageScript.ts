/** The script of the page: it hides the rows that the search and the filters leave out. */
export const pageScript = `
"use strict";
const form = document.getElementById("filters");
const [search, status, stack] = ["search", "status", "stack"].map((id) => document.getElementById(id));
const rows = [...document.querySelectorAll("tbody tr")].map((row) => ({
  row, status: row.dataset.status, stacks: JSON.parse(row.dataset.stack), text: row.textContent.toLowerCase(),
}));
const count = document.getElementById("count");
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const each of rows) {
    const isShown =
      (status.value === "" || (status.value === "drift" ? each.status !== "inSync" : each.status === status.value)) &&
      (stack.value === "" || each.stacks.includes(stack.value)) &&
      words.every((word) => each.text.includes(word));
    each.row.hidden = !isShown;
    if (isShown) shown += 1;
  }
  count.textContent = shown + " of " + rows.length + " users shown";
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();
`;
