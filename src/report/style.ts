import { createHash } from 'node:crypto';
import { COLOURS } from './plot.ts';

const variables = (index: 0 | 1): string =>
  Object.entries(COLOURS)
    .map(([name, pair]) => `--${name}:${pair[index]};`)
    .join('');

/** The one style sheet of every page; light and dark by the reader's setting, and for paper. */
export const CSS: string = `
:root{color-scheme:light dark;--ink:#1c1c22;--soft:#55555f;--paper:#ffffff;--line:#d9d9e0;--shade:#f4f4f8;--link:#0b4fa0;${variables(0)}}
@media (prefers-color-scheme:dark){:root{--ink:#ececf1;--soft:#b0b0ba;--paper:#17171c;--line:#3a3a44;--shade:#22222a;--link:#8ec5ff;${variables(1)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{padding-top:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.25rem 0}
nav details{margin:0}nav summary{color:var(--link)}
nav [aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
.brand{font-weight:700;font-size:1.1rem;color:var(--ink);text-decoration:none}
h1{font-size:1.7rem;line-height:1.2;margin:1.2rem 0 .4rem}h2{font-size:1.25rem;margin:2rem 0 .4rem}
p,li{max-width:70ch}
.lead{font-size:1.08rem}.first{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem}@media (min-width:62rem){.first{grid-template-columns:1fr 1fr;grid-template-rows:auto auto 1fr}.first>:nth-child(2){grid-column:2;grid-row:1/span 2}.first>:nth-child(3){grid-column:1;grid-row:2/span 2}.first>:nth-child(4){grid-column:2;grid-row:3}}.first figure{margin:.4rem 0}.first h2{margin-top:1rem}.first p,.first li{max-width:none}.answers>li{margin-bottom:.5rem}.first ul{padding-left:1.2rem;margin:.2rem 0}
.note{color:var(--soft)}
.warn{border-left:4px solid var(--bad);padding:.4rem .8rem;background:var(--shade)}
.scroll{overflow-x:auto;background:linear-gradient(to right,var(--paper) 2rem,transparent) left/3rem 100% no-repeat local,linear-gradient(to left,var(--paper) 2rem,transparent) right/3rem 100% no-repeat local,linear-gradient(to right,var(--line),transparent) left/.6rem 100% no-repeat,linear-gradient(to left,var(--line),transparent) right/.6rem 100% no-repeat}
table{border-collapse:collapse;font-size:.92rem;margin:.4rem 0}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:left;padding:.28rem .7rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{border-bottom:2px solid var(--ink);white-space:nowrap}
td.long{min-width:16rem}td:has(a){min-width:11rem}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
figure{margin:1rem 0 1.6rem}
figure svg{width:100%;max-width:56rem;height:auto;display:block}
.narrow{display:none}.narrow svg{max-width:34rem}
@media screen and (max-width:46rem){.wide{display:none}.narrow{display:block}}
@media screen and (max-width:46rem){nav ul{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}}
@media screen and (max-width:46rem){.cards thead{display:none}.cards tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}
.cards td{display:grid;grid-template-columns:7rem 1fr;border:0;padding:.1rem 0;min-width:0;white-space:normal}.cards td::before{content:attr(data-column);color:var(--soft)}
.cards td:first-child{display:block;padding-bottom:.3rem}.cards td:first-child::before{content:none}.cards .verdict{white-space:normal}}
figcaption{margin-top:.3rem;max-width:70ch;color:var(--soft);font-size:.95rem}
figcaption strong{color:var(--ink)}
code{font:.88em/1.4 ui-monospace,Menlo,Consolas,monospace;background:var(--shade);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}.said code{white-space:nowrap}
pre{overflow-x:auto;background:var(--shade);padding:.6rem .8rem;font:.88rem/1.4 ui-monospace,Menlo,Consolas,monospace}.figure svg{display:block;width:100%;max-width:56rem;height:auto}
.verdict{font-weight:600;white-space:nowrap}
.verdict::before{display:inline-block;width:1.2em;color:var(--open)}
.supported::before{content:"●";color:var(--supported)}.refuted::before{content:"■";color:var(--refuted)}
.inconclusive::before{content:"×"}.premise-failed::before{content:"∗"}
details{margin:.3rem 0}summary{cursor:pointer}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.9rem;padding:2rem 1rem}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{nav,.skip{display:none}body{font-size:11pt}figure,tr{break-inside:avoid}details::details-content{content-visibility:visible;display:block;block-size:auto}}
`;

/** What a page may load: nothing, but for the style sheet above. */
export const POLICY: string = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; base-uri 'none'; form-action 'none'`;
