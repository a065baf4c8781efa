/* Charts from the JSON beside them (components/chart.html). Canvas and richText tooltips: neither needs an inline style. */
(function () {
  "use strict";
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const shown = (value) => Number(value).toLocaleString("zh-CN");
  const COLOURS = ["ch2", "ch1", "ch3", "ch4", "ch6", "ch5"];

  function frame(data) {
    const text = css("--text2"), line = css("--grid");
    const names = { type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: text, fontSize: 12 } };
    const numbers = { type: "value", splitLine: { lineStyle: { color: line } }, axisLabel: { color: text, fontSize: 12, formatter: shown } };
    const bars = data.kind === "bars";
    return {
      animation: !calm,
      animationDuration: 300,
      aria: { enabled: true, label: { enabled: false } },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, valueFormatter: (value) => `${shown(value)} ${data.unit || ""}`,
        axisPointer: { type: "shadow", shadowStyle: { color: "rgba(127,139,156,.14)" } },
        backgroundColor: css("--surface"), borderColor: css("--border-s"), textStyle: { color: css("--text"), fontSize: 13 },
      },
      legend: { type: "scroll", show: data.series.length > 1, top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: { color: text, fontSize: 13 } },
      grid: { left: 4, right: bars ? 40 : 8, top: data.series.length > 1 ? 34 : 8, bottom: 2, containLabel: true },
      xAxis: bars ? { ...numbers, show: false } : names,
      yAxis: bars ? { ...names, inverse: true, axisLine: { show: false }, axisLabel: { color: text, fontSize: 13 } } : numbers,
    };
  }

  function series(data) {
    return data.series.map((line, i) => {
      const top = i === data.series.length - 1, bars = data.kind === "bars";
      return {
        name: line.name, data: line.data, type: data.kind === "line" ? "line" : "bar", barMaxWidth: bars ? 14 : 28,
        stack: data.kind === "stacked" ? "all" : undefined, symbolSize: 7, emphasis: { focus: "none" },
        itemStyle: { color: css(`--${line.color || (data.series.length > 1 ? COLOURS[i % 6] : "ch1")}`), borderRadius: bars ? [0, 3, 3, 0] : top ? [3, 3, 0, 0] : 0 },
        label: { show: bars, position: "right", color: css("--text2"), fontSize: 13, formatter: (point) => shown(point.value) },
        markLine: line.mark ? { silent: true, symbol: "none", data: [{ yAxis: line.mark.value, name: line.mark.label }], label: { formatter: "{b}", color: css("--text2") } } : undefined,
      };
    });
  }

  function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const chart = window.echarts.getInstanceByDom(box) || window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({ ...frame(data), series: series(data) }, true);
    chart.off("click");
    chart.on("click", (point) => { const to = (data.hrefs || [])[point.dataIndex]; if (to) location.assign(to); });
    return chart;
  }

  const every = (act) => document.querySelectorAll("[data-chart]").forEach(act);
  const resize = () => every((box) => { const chart = window.echarts.getInstanceByDom(box); if (chart) chart.resize(); });
  document.addEventListener("htmx:load", () => every(draw));
  document.addEventListener("zhichi:theme", () => every(draw));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => every(draw));
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", resize);
})();
