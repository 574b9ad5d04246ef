/** Pages without a session: fixed texts, no script. */
const page = (head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SquadOS</title><link rel="stylesheet" href="/door.css">${head}</head><body><main>${body}</main></body></html>`;

/**
 * The first page after a link was exchanged. It goes on by itself, so that the request for the page itself comes from our own site
 * and carries the strict cookie, wherever the link was clicked.
 */
export const WELCOME_PAGE = page(
  '<meta http-equiv="refresh" content="0; url=/"><link rel="icon" href="/icon.svg" type="image/svg+xml">',
  '<h1>SquadOS</h1><p><a href="/">Open the board</a></p>',
);

export const NO_SESSION_PAGE = page(
  '',
  `<h1>This link has been used, or the session is over</h1>
<p>For your safety each link opens the page once, in one browser. Get a new one in the terminal, where the project runs:</p>
<pre>squados link</pre>
<h1 lang="pt-BR">Este link já foi usado, ou a sessão terminou</h1>
<p lang="pt-BR">Por segurança, cada link abre a página uma única vez, em um navegador. Peça outro no terminal onde o projeto roda:</p>
<pre>squados link</pre>`,
);

export const DOOR_STYLE = `:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center;background:#f6f7f9;color:#1a1f2b}
main{max-width:34rem;margin:1rem;padding:2rem 2.5rem;background:#fff;border:1px solid #dde1e8;border-radius:14px}
h1{font-size:1.2rem;line-height:1.35;margin:0 0 .5rem}
pre{font:600 1rem ui-monospace,monospace;background:#eef1f6;padding:.75rem 1rem;border-radius:8px;margin:0 0 1.5rem;overflow:auto}
pre:last-child{margin:0}
@media (prefers-color-scheme:dark){body{background:#0e1116;color:#e6e9ef}main{background:#161b23;border-color:#2a313d}pre{background:#0e1116}a{color:#8ab4ff}}`;
