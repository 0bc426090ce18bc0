/** The stores under measurement, each behind the same small interface. */
package io.bitkv.bench.subject;
