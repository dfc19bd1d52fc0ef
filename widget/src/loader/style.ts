/**
 * The launcher's and the panel's style, inside a closed shadow root. `!important` on the host wins over
 * whatever the page says of it; the rest no page can reach.
 */
export const css = `
:host{all:initial!important;color-scheme:light dark!important}
button{all:unset;box-sizing:border-box;min-width:56px;height:56px;padding:0 14px;border-radius:28px;bottom:calc(var(--far) + env(safe-area-inset-bottom));cursor:pointer;display:flex;align-items:center;gap:8px;font:600 16px system-ui;white-space:nowrap;background:var(--fill);color:var(--sign);box-shadow:0 4px 16px #0004}
button,div{position:fixed;z-index:2147483000;inset-inline:var(--at)}
button:hover{filter:brightness(1.1)}
button:focus-visible{outline:3px solid var(--fill);outline-offset:3px}
svg{width:28px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;top:-4px;inset-inline-end:-4px;min-width:12px;padding:0 5px;border-radius:12px;border:2px solid Canvas;background:#d92d3a;color:#fff;font-size:12px;line-height:18px;text-align:center}
i:empty,b:empty,[aria-expanded=true] b,[hidden],:host([hidden]){display:none!important}
div{bottom:calc(var(--far) + 72px + env(safe-area-inset-bottom));width:min(400px,100vw - 2*var(--far));height:min(704px,100dvh - 96px - var(--far));border-radius:18px;overflow:hidden;background:Canvas;box-shadow:0 4px 48px #0004}
iframe{border:0;width:100%;height:100%;display:block}
@media(max-width:480px),(max-height:420px){div{inset:0;width:auto;height:auto;border-radius:0;box-sizing:border-box;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}[aria-expanded=true]{display:none}}
@media(forced-colors:active){button,div{border:1px solid}}
@media print{:host{display:none!important}}`;
