/** The bytes of the log: entries, segment headers and footers, hint records. */
package io.bitkv.codec.entry;
