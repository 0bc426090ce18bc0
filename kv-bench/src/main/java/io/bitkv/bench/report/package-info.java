/** The page that shows a run: goals, charts and every figure. */
package io.bitkv.bench.report;
