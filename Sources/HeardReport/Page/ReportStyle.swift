/// The looks of a report: light and dark, wide and narrow, on paper.
///
/// Blue for complaints, and one hue that darkens with anger, which nobody needs to tell apart by
/// hue; nothing is said by colour alone.
enum ReportStyle {
  static let css = """
    :root { color-scheme: light dark; --ink: #1c1e21; --soft: #5d6167; --paper: #fcfcfa;
      --line: #e2e2dd; --ground: #b9bbb7; --main: #1f5a99; --rest: #c9ced4; --card: #f4f4f0;
      --heat1: #e9b872; --heat2: #cf6f35; --heat3: #8c2318; --mark: #fff1c9; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e7e8ea; --soft: #a3a8ae;
      --paper: #16181b; --line: #2d3136; --ground: #575c63; --main: #78b0ea; --rest: #454b53;
      --card: #1e2125; --heat1: #6f4a20; --heat2: #cc7434; --heat3: #ffc08a; --mark: #4a3f1c; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 "Source Sans 3", "Segoe UI", system-ui, "Liberation Sans", sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
    h1 { font-size: 2.1rem; line-height: 1.15; font-weight: 650; letter-spacing: -.015em;
      margin: 0 0 .4rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.35rem; line-height: 1.25; font-weight: 650; letter-spacing: -.005em;
      margin: 3.5rem 0 .3rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
    h3 { font-size: 1.05rem; font-weight: 650; margin: 2.2rem 0 .2rem; }
    h4 { font-size: .92rem; font-weight: 650; margin: 0; overflow-wrap: anywhere; }
    p { max-width: 44rem; margin: .4rem 0 .8rem; }
    .soft, figcaption, caption, .unit { color: var(--soft); }
    .lede { font-size: 1.1rem; color: var(--soft); margin: 0; }
    .key { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
      gap: 1.4rem 2rem; margin: 2.2rem 0 0; }
    .key div { border-top: 1px solid var(--ground); padding-top: .5rem; }
    .key dt { color: var(--soft); font-size: .88rem; }
    .key dd { margin: 0; font-size: 1.75rem; line-height: 1.2; font-weight: 600;
      font-variant-numeric: tabular-nums lining-nums; letter-spacing: -.01em; }
    .key dd small { display: block; font-size: .85rem; font-weight: 400; color: var(--soft);
      letter-spacing: 0; line-height: 1.4; }
    figure { margin: 1rem 0 0; }
    figcaption { max-width: 44rem; font-size: .92rem; margin-bottom: .7rem; }
    .plot { position: relative; height: 15rem; margin: 0 0 1.8rem 3.4rem; }
    .plot svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
    .plot .scale span { position: absolute; left: 0; right: 0; height: 0;
      border-top: 1px solid var(--line); }
    .plot .scale span:first-child { border-top-color: var(--ground); z-index: 1; }
    .plot .scale i { position: absolute; right: 100%; top: -.75em; margin-right: .55rem;
      font-style: normal; font-size: .78rem; line-height: 1.5; color: var(--soft);
      font-variant-numeric: tabular-nums; white-space: nowrap; }
    .plot .marks span { position: absolute; top: calc(100% + .3rem); font-size: .78rem;
      color: var(--soft); white-space: nowrap; padding-left: .3rem; line-height: 1.2;
      border-left: 1px solid var(--ground); }
    .plot.small { height: 6.2rem; margin-left: 2.6rem; margin-bottom: 1.5rem; }
    .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(14.5rem, 1fr));
      gap: 1.1rem 1.8rem; margin-top: 1rem; }
    .panels section > p { margin: 0 0 .7rem; font-size: .85rem; color: var(--soft); }
    .main rect, .main { fill: var(--main); } .rest { fill: var(--rest); }
    .heat1 { fill: var(--heat1); } .heat2 { fill: var(--heat2); } .heat3 { fill: var(--heat3); }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0;
      margin: 0 0 .9rem 3.4rem; font-size: .88rem; }
    .legend li::before { content: ""; display: inline-block; width: .8em; height: .8em;
      margin-right: .45em; vertical-align: -.05em; background: var(--swatch); }
    .legend .main { --swatch: var(--main); } .legend .rest { --swatch: var(--rest); }
    .legend .heat1 { --swatch: var(--heat1); } .legend .heat2 { --swatch: var(--heat2); }
    .legend .heat3 { --swatch: var(--heat3); }
    details { font-size: .9rem; margin: .2rem 0 .4rem; }
    summary { cursor: pointer; color: var(--soft); width: fit-content; }
    summary:hover { color: var(--ink); }
    :focus-visible { outline: 2px solid var(--main); outline-offset: 2px; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums; }
    caption { text-align: left; font-size: .92rem; padding-bottom: .4rem; }
    th { font-weight: 600; text-align: left; vertical-align: bottom; font-size: .85rem; }
    th, td { padding: .3rem 1.1rem .3rem 0; border-bottom: 1px solid var(--line); }
    td { vertical-align: top; } tbody th { vertical-align: top; font-size: inherit; }
    th:last-child, td:last-child { padding-right: 0; }
    .n { text-align: right; white-space: nowrap; }
    .figures { font-size: .85rem; } .figures tbody th { font-weight: 400; white-space: nowrap; }
    .themes { width: 100%; margin-top: .6rem; table-layout: fixed; }
    .themes tbody th { font-weight: 400; padding-top: .6rem; } .themes td { padding-top: .6rem; }
    .themes .name { font-weight: 650; overflow-wrap: anywhere; }
    .themes .also { display: block; color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
    .themes .c1 { width: 43%; } .themes .c2 { width: 11%; } .themes .c3 { width: 22%; }
    .themes small { color: var(--soft); font-size: .85rem; }
    .themes blockquote { margin: .35rem 0 0; padding-left: .7rem; border-left: 2px solid var(--line);
      font-size: .88rem; color: var(--soft); overflow-wrap: anywhere; }
    .themes mark { background: var(--mark); color: var(--ink); padding: 0 .1em; }
    .spark { width: 100%; height: 1.7rem; display: block; margin-bottom: .15rem; fill: var(--main); }
    .spark path { stroke: var(--ground); stroke-width: 1; vector-effect: non-scaling-stroke; }
    .range { width: 100%; height: .7rem; display: block; margin: .35rem 0 .2rem; fill: var(--ink); }
    .range path { vector-effect: non-scaling-stroke; stroke: var(--ink); stroke-width: 1.5; }
    .range .ground { stroke: var(--line); stroke-width: 1; }
    .way { font-weight: 650; } .way::before { margin-right: .3em; }
    .way.rising::before { content: "\\2197"; } .way.fading::before { content: "\\2198"; }
    .way.new::before { content: "\\2605"; }
    .moves { list-style: none; padding: 0; margin: .6rem 0 0; display: grid;
      grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .9rem 2.2rem; }
    .moves li { border-top: 1px solid var(--line); padding-top: .5rem; }
    .moves b { font-weight: 650; overflow-wrap: anywhere; }
    .moves small { display: block; color: var(--soft); font-size: .85rem; }
    footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 2px solid var(--ink);
      font-size: .88rem; color: var(--soft); }
    footer h2 { border: 0; margin: 0; padding: 0; font-size: 1rem; color: var(--ink); }
    footer p, footer li { max-width: 46rem; } footer code { overflow-wrap: anywhere; }
    code { font-size: .92em; }
    @media (max-width: 46rem) {
      main { padding: 1.6rem 1rem 3rem; } h1 { font-size: 1.6rem; }
      .plot { height: 12rem; margin-left: 2.6rem; } .legend { margin-left: 0; }
      .plot:not(.small) .marks .minor { display: none; }
      .key dd { font-size: 1.4rem; }
      .panels { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1rem; }
      .plot.small { height: 5rem; margin-left: 2.2rem; }
      .plot.small .marks .minor { display: none; }
      .themes, .themes tbody, .themes tr, .themes th, .themes td { display: block; width: auto; }
      .themes thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
        clip-path: inset(50%); }
      .themes caption { display: block; padding-top: .8rem; }
      .themes tr { border-bottom: 1px solid var(--line); padding: .5rem 0 .7rem; }
      .themes th, .themes td { border: 0; padding: .1rem 0; text-align: left; }
      .themes td::before { content: attr(data-label) ": "; color: var(--soft); font-size: .85rem; }
      .themes .spark, .themes .range { max-width: 20rem; }
    }
    @media print {
      :root { --ink: #000; --soft: #444; --paper: #fff; --line: #ccc; --ground: #888;
        --main: #1f5a99; --rest: #c9ced4; --card: #fff; --heat1: #e9b872; --heat2: #cf6f35;
        --heat3: #8c2318; --mark: #fff1c9; }
      @page { margin: 16mm 15mm; }
      html { font-size: 9.5pt; }
      body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      h2 { margin-top: 1.6rem; } h2, h3, h4, figcaption { break-after: avoid; }
      figure, .panels section, .themes tr, .moves li, .key { break-inside: avoid; }
      .plot { height: 10rem; } .plot.small { height: 4.5rem; }
      .panels { grid-template-columns: repeat(3, 1fr); gap: .6rem 1.4rem; }
      details:not([open]) { display: none; } summary { display: none; }
    }
    """
}
