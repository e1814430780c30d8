/** The style of the page, in light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fff; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --band: #f6f8fa;
  --red: #a40e26; --amber: #7a4d00; --green: #11632a; --blue: #0550ae; --focus: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3; --dim: #9da7b3; --line: #30363d; --band: #161b22;
  --red: #ff9d96; --amber: #e3b341; --green: #7ee787; --blue: #a5d0ff; --focus: #a5d0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } h1 .stacks { font-weight: 400; color: var(--dim); }
header p, footer, #count, small { color: var(--dim); } header p { margin: .25rem 0 1rem; }
small { display: block; font-size: .85em; } footer { margin-top: 1.5rem; font-size: .85em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.missing { border: 1px solid var(--amber); border-left-width: 6px; padding: .5rem 1rem; margin-bottom: 1rem; }
.missing ul { margin: 0; padding-left: 1rem; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; margin: 0 0 1rem; }
.figures li { border: 1px solid var(--line); border-radius: 6px; padding: .4rem .8rem; background: var(--band); }
.figures b { font-size: 1.3rem; }
form { display: flex; flex-wrap: wrap; gap: 1rem; } form[hidden] { display: none; }
label { display: flex; align-items: center; gap: .5rem; }
input, select { font: inherit; padding: .35rem .5rem; border: 1px solid var(--dim); border-radius: 6px; background: var(--page); color: var(--text); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; } tr[hidden] { display: none; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--band); } tbody th { font-weight: 600; } tbody small { font-weight: 400; }
td ul { margin: 0; padding: 0; list-style: none; } td, th { overflow-wrap: anywhere; }
del { color: var(--red); text-decoration: none; } ins { color: var(--green); text-decoration: none; }
del::after { content: " \\2192"; color: var(--dim); }
.status { white-space: nowrap; font-weight: 600; }
.gone, .recreated, .claimedTwice { color: var(--red); } .changed, .unverifiable { color: var(--amber); }
.unmanaged { color: var(--blue); } .inSync { color: var(--green); }
@media print { form, #count { display: none; } }
`;
