/** What the reference needs beyond the look of every page. */
export const DOCS_STYLE = `
.docs{display:grid;grid-template-columns:minmax(0,1fr);gap:24px;max-width:75rem;margin:0 auto;padding:24px 20px 64px;font-size:.9375rem}
.docs header{max-width:68ch}
.docs nav a{color:var(--ink-2);text-decoration:none;display:block;padding:4px 0}
.docs nav a:hover{color:var(--ink);text-decoration:underline}
.docs nav p{margin-top:16px;font-weight:600;font-size:.8125rem}
.docs nav{order:1}
.to-nav{margin-top:16px}
.to-nav .button{display:inline-flex}
p.answer{margin-top:6px}
.docs h2{font:400 1.5625rem/1.2 var(--serif);padding-top:24px;margin-bottom:8px}
.docs h3{font-size:1rem;font-weight:600;line-height:1.3}
.docs h4{margin:16px 0 0;font-size:.8125rem;font-weight:600;color:var(--ink-2)}
.docs p+p{margin-top:8px}
.prose{max-width:68ch}
.prose dt{font-weight:600;margin-top:16px}
.prose dd{color:var(--ink-2);margin-top:2px}
.operation{padding:24px 0;border-top:1px solid var(--line);scroll-margin-top:8px}
.operation .fine{margin-top:4px}
.call{display:flex;gap:10px;margin-top:6px;font-family:var(--mono);font-size:.875rem;overflow-wrap:anywhere}
.call b{font-weight:600;color:var(--accent-text)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;table-layout:fixed;width:100%;margin-top:6px;font-size:.875rem}
th{font-weight:500;text-align:left;color:var(--ink-3);font-size:.8125rem;padding:4px 16px 4px 0;border-bottom:1px solid var(--line)}
td{padding:8px 16px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}
td:first-child,td.type{font-family:var(--mono);font-size:.8125rem;overflow-wrap:anywhere}
td.type{color:var(--ink-2)}
td p{margin-top:2px;color:var(--ink-2)}
td small{display:block;font-family:var(--sans);color:var(--ink-3);font-size:.75rem}
th:first-child{width:26%}
th:nth-child(2){width:20%}
tr:target td{background:var(--accent-tint)}
pre{margin-top:6px;padding:12px;overflow-x:auto;background:var(--sunken);border:1px solid var(--line);border-radius:6px;font:.8125rem/1.5 var(--mono)}
.operation summary{margin-top:12px;cursor:pointer;font-size:.875rem;color:var(--accent-text)}
@media(max-width:40rem){
table.fields thead{display:none}
table.fields tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
table.fields td{display:block;padding:0;border:0}}
@media(min-width:64rem){
.docs{grid-template-columns:14rem minmax(0,1fr);gap:24px 56px;padding:40px 32px 96px}
.docs nav{position:sticky;top:24px;align-self:start;max-height:calc(100dvh - 48px);overflow-y:auto;font-size:.875rem}
.docs nav{order:0}
.to-nav{display:none}}`;
