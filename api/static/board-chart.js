/* The trend: a chart where ECharts is there, and the same figures as a table for those
   who do not see it. ES2015, for browsers as old as Chromium 109. */
"use strict";

window.Board = window.Board || {};

(function (Board) {
  // What is normal is many times the rest, so it has a scale of its own below.
  const LINES = [["green", "circle", 1], ["yellow", "diamond", 0], ["red", "triangle", 0]];
  const place = document.getElementById("chart");
  const table = document.getElementById("trend");
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  let chart = null;
  let trend = read();

  function read() {
    const rows = Array.from(table.rows, (row) => Array.from(row.cells, (c) => c.textContent));
    const line = (column) => rows.map((row) => Number(row[column]));
    return { days: rows.map((row) => row[0]), green: line(1), yellow: line(2), red: line(3) };
  }

  function fillTable() {
    while (table.rows.length > trend.days.length) table.deleteRow(0);
    while (table.rows.length < trend.days.length) table.append(table.rows[0].cloneNode(true));
    trend.days.forEach((day, index) => {
      const told = [day, ...LINES.map(([line]) => trend[line][index])];
      told.forEach((value, column) => { table.rows[index].cells[column].textContent = value; });
    });
  }

  // ---- canvas knows no rem and no style sheet ----

  function series([line, symbol, grid], size) {
    return {
      name: place.dataset[line],
      type: "line",
      xAxisIndex: grid,
      yAxisIndex: grid,
      data: trend[line],
      symbol,
      // A sign every few days, counted from the last, tells the lines apart.
      symbolSize: (_, point) => ((trend.days.length - 1 - point.dataIndex) % 5 ? 0 : 0.6 * size),
      showAllSymbol: true,
      lineStyle: { width: 0.17 * size },
      itemStyle: { color: colour(line) },
      areaStyle: { opacity: 0.08 },
    };
  }

  function options() {
    const size = parseFloat(getComputedStyle(root).fontSize);
    const label = { color: colour("dim"), fontSize: 0.95 * size };
    // The present counts stand in the legend: at the lines' ends they would overlap.
    const last = {};
    for (const [line] of LINES) last[place.dataset[line]] = trend[line][trend.days.length - 1];
    const rule = { lineStyle: { color: colour("line") } };
    const sides = { left: 3 * size, right: 1.2 * size };
    const middle = Math.round((place.clientHeight - 4.6 * size) * 0.58 + 2.3 * size);
    const days = (grid) => ({
      type: "category", boundaryGap: false, data: trend.days, gridIndex: grid,
      axisLabel: Object.assign({ show: grid === 1, margin: 0.7 * size }, label),
      axisLine: rule, axisTick: { show: false },
    });
    const counts = (grid) => ({
      type: "value", minInterval: 1, splitNumber: 3 - 2 * grid, gridIndex: grid,
      axisLabel: label, splitLine: rule,
    });
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: [
        Object.assign({ top: 2.3 * size, height: middle - 2.3 * size }, sides),
        Object.assign({ top: middle + 1.2 * size, bottom: 2.3 * size }, sides),
      ],
      legend: {
        top: 0, right: 0, itemGap: 1.2 * size, itemWidth: 1.6 * size, itemHeight: 0.9 * size,
        textStyle: { color: colour("ink"), fontSize: size },
        formatter: (name) => `${name} ${last[name]}`,
      },
      tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontSize: size } },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      xAxis: [days(0), days(1)],
      yAxis: [counts(0), counts(1)],
      series: LINES.map((line) => series(line, size)),
    };
  }

  function begin() {
    document.body.classList.add("charted");
    chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(options());
    new ResizeObserver(() => {
      chart.resize();
      chart.setOption(options());
    }).observe(place);
  }

  /* Drawn again only if something is different: most boards bring the same days. */
  Board.fillTrend = function (newer) {
    if (JSON.stringify(newer) === JSON.stringify(trend)) return;
    trend = newer;
    fillTable();
    if (chart) chart.setOption(options());
  };

  if (window.echarts) begin();
})(window.Board);
