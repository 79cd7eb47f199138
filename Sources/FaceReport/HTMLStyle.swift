// SPDX-License-Identifier: Apache-2.0

/// The style sheet of `report.html`: light and dark on a screen, always light on paper.
enum HTMLStyle {
    static let sheet = """
        :root { color-scheme: light dark;
          --page: #f5f6f8; --card: #ffffff; --ink: #1b2430; --quiet: #5b6675; --rule: #dfe3e9; --well: #eceff3;
          --link: #0b5cad; --advice: #eef5fd; --advice-edge: #4a8fd6;
          --stored: #1f8a4c; --updated: #0f8296; --unchanged: #8793a3; --ready: #1f8a4c; --removed: #64748b;
          --duplicate: #b7791f; --rejected: #c5303a; --failed: #8145b5; --warning: #b7791f; }
        @media screen and (prefers-color-scheme: dark) { :root {
          --page: #12161c; --card: #1b2129; --ink: #e6eaf0; --quiet: #9aa6b5; --rule: #2d3641; --well: #262e38;
          --link: #7db8f5; --advice: #1a2838; --advice-edge: #4a8fd6;
          --stored: #3fb871; --updated: #35b3c7; --unchanged: #6f7c8d; --ready: #3fb871; --removed: #8896a8;
          --duplicate: #dba144; --rejected: #ee6a71; --failed: #b98ae0; --warning: #dba144; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC",
          "Microsoft YaHei", sans-serif; }
        main, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
        a { color: var(--link); }
        p, ul, dl, h1, h2, h3 { margin: 0; padding: 0; }
        ul { list-style: none; }
        code, .id { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .stored { --tone: var(--stored); } .updated { --tone: var(--updated); }
        .unchanged { --tone: var(--unchanged); } .ready { --tone: var(--ready); }
        .removed { --tone: var(--removed); } .duplicate { --tone: var(--duplicate); }
        .rejected { --tone: var(--rejected); } .failed { --tone: var(--failed); }
        .warning { --tone: var(--warning); }

        header { padding: 40px 0 24px; }
        .kind { color: var(--quiet); font-size: 13px; letter-spacing: .04em; }
        h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.015em; margin: 4px 0 20px; }
        .facts { display: flex; flex-wrap: wrap; gap: 12px 36px; }
        .facts dt { color: var(--quiet); font-size: 12.5px; }
        .facts dd { margin: 0; font-weight: 500; }

        .numbers, nav { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; }
        .numbers { padding: 20px 20px 8px; }
        .bar { display: flex; gap: 2px; height: 14px; border-radius: 4px; overflow: hidden; }
        .bar span { flex: 0 1 0; min-width: 4px; background: var(--tone); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); margin-top: 8px; }
        .tiles li { padding: 10px 12px 10px 0; }
        .tiles b { display: block; font-size: 28px; line-height: 1.2; font-weight: 650; }
        .tiles b, .tally, .glance .count { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .word { display: flex; align-items: center; gap: 7px; font-weight: 550; }
        .word i { width: 10px; height: 10px; border-radius: 3px; background: var(--tone); }
        .tiles small { color: var(--quiet); font-size: 12.5px; }

        nav { margin-top: 16px; padding: 16px 20px 12px; }
        nav h2 { font-size: 15px; margin-bottom: 6px; }
        .glance { width: 100%; border-collapse: collapse; }
        .glance td { padding: 4px 0; vertical-align: middle; }
        .glance .count { width: 1%; text-align: right; font-weight: 600; }
        .glance .share { width: 136px; padding: 4px 16px 4px 12px; }
        .share span { display: block; height: 8px; min-width: 3px; border-radius: 4px; background: var(--tone); }
        .glance a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 3px; }
        .tag { color: var(--quiet); font-size: 12.5px; }

        main > section:not(.numbers) { margin-top: 44px; }
        h2 { font-size: 22px; letter-spacing: -.01em; }
        h2 .tally { color: var(--tone); }
        .lead { color: var(--quiet); max-width: 96ch; }
        .reason { margin-top: 24px; scroll-margin-top: 16px; }
        h3 { font-size: 16.5px; line-height: 1.4; }
        h3 .tally { display: inline-block; min-width: 26px; padding: 0 8px; border-radius: 11px; text-align: center;
          font-size: 13px; line-height: 22px; color: var(--card); background: var(--tone); }
        h3 code { color: var(--quiet); font-weight: 400; white-space: nowrap; }
        .advice { margin-top: 8px; padding: 8px 14px; border-left: 3px solid var(--advice-edge);
          border-radius: 0 8px 8px 0; background: var(--advice); }
        .advice::before { content: "What to do: "; font-weight: 600; }

        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 12px;
          margin-top: 12px; }
        .cards li { display: flex; gap: 14px; padding: 12px; border: 1px solid var(--rule); border-radius: 10px;
          background: var(--card); break-inside: avoid; }
        .cards li > div:last-child { min-width: 0; flex: 1; }
        .frame { flex: none; width: 114px; height: 152px; border-radius: 6px; overflow: hidden;
          outline: 1px solid var(--rule); outline-offset: -1px; background: var(--well); display: flex; align-items: center; justify-content: center; }
        .frame img { display: block; max-width: 100%; max-height: 100%; }
        .none { color: var(--quiet); font-size: 12px; }
        .name { font-weight: 600; }
        .cards .finding { margin: 6px 0; }
        .id, .place { color: var(--quiet); }
        .place { font-size: 12.5px; }
        .line, .device, .further code { white-space: nowrap; }
        .further { margin-top: 4px; } .further li { margin-top: 4px; } .hint { color: var(--quiet); }
        .device { font-size: 12.5px; padding: 1px 7px; border-radius: 5px; background: var(--well); }
        .unknown { color: var(--quiet); font-weight: 400; font-style: italic; }

        .rows { width: 100%; margin-top: 12px; border-collapse: separate; border-spacing: 0; background: var(--card);
          border: 1px solid var(--rule); border-radius: 10px; overflow: hidden; }
        .rows th { padding: 8px 14px; text-align: left; font-size: 12.5px; font-weight: 500; color: var(--quiet); }
        .rows td { padding: 8px 14px; border-top: 1px solid var(--rule); vertical-align: top; }
        .rows td.name { width: 18%; } .rows td.id { width: 15%; } .rows td.place { width: 33%; }
        .more { margin-top: 10px; color: var(--quiet); }
        footer { margin-top: 52px; padding-bottom: 40px; color: var(--quiet); font-size: 13px; }
        footer p { padding-top: 12px; }
        footer p:first-child { border-top: 1px solid var(--rule); }

        @media (max-width: 640px) {
          main, footer { padding: 0 16px; }
          header { padding: 24px 0 18px; }
          h1 { font-size: 24px; }
          .facts { gap: 10px 24px; }
          .tiles { grid-template-columns: repeat(2, 1fr); }
          .glance .share { width: 56px; padding: 4px 10px; }
          .rows thead { display: none; }
          .rows tr { display: block; padding: 10px 14px; }
          .rows tr + tr { border-top: 1px solid var(--rule); }
          .rows td, .rows td.name, .rows td.id, .rows td.place { display: block; width: auto; padding: 0; border: 0; }
          .frame { width: 96px; height: 128px; } }
        @page { margin: 14mm; }
        @media print {
          body { background: none; font-size: 10.5pt; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          main, footer { max-width: none; padding: 0; }
          header { padding-top: 0; }
          .cards { grid-template-columns: 1fr 1fr; }
          .rows tr, .numbers, nav { break-inside: avoid; }
          h2, h3, .lead, .advice { break-after: avoid; }
          a { color: inherit; text-decoration: none; } }
        """
}
