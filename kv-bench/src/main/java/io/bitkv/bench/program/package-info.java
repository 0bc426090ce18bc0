/** The program that {@code bin/bench} starts. */
package io.bitkv.bench.program;
