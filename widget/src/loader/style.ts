/**
 * The launcher's and the panel's style, inside a closed shadow root. `!important` on the host wins over
 * whatever the page says of it; the rest no page can reach.
 */
export const css = `
:host{all:initial!important;color-scheme:light dark!important}
button{all:unset;width:56px;height:56px;border-radius:50%;bottom:calc(20px + env(safe-area-inset-bottom));cursor:pointer;display:grid;place-items:center;background:var(--fill);color:var(--sign);box-shadow:0 1px 2px #0003,0 8px 24px #0003;transition:transform .14s}
button,div{position:fixed;z-index:2147483000;inset-inline-end:20px}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--fill);outline-offset:3px}
svg{grid-area:1/1;width:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;transition:opacity .14s,transform .14s}
[aria-expanded=false] svg+svg,[aria-expanded=true] svg:first-child{opacity:0;transform:rotate(40deg) scale(.6)}
i{position:absolute;top:-4px;inset-inline-end:-4px;min-width:12px;padding:0 5px;border-radius:12px;border:2px solid #fff;background:#d92d3a;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
i:empty,[hidden]{display:none!important}
div{bottom:calc(92px + env(safe-area-inset-bottom));width:400px;height:min(704px,100dvh - 116px);border-radius:18px;overflow:hidden;background:#fff;box-shadow:0 0 0 1px #0000000f,0 2px 8px #0000001a,0 16px 48px #0003;animation:in .14s ease-out}
iframe{border:0;width:100%;height:100%;display:block}
@keyframes in{from{opacity:0;transform:translateY(8px)}}
@media(max-width:480px),(max-height:420px){div{inset:0;width:auto;height:auto;border-radius:0;box-sizing:border-box;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}[aria-expanded=true]{display:none}}
@media(prefers-color-scheme:dark){div{background:#17191d;box-shadow:0 0 0 1px #ffffff1a,0 16px 48px #0009}i{border-color:#17191d}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media(forced-colors:active){button,div{border:1px solid}}
@media print{:host{display:none!important}}`;
