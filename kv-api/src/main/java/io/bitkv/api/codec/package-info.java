/**
 * Codecs between Java values and the bytes that a store keeps.
 *
 * <h2>Single values</h2>
 *
 * <p>The constants of {@link io.bitkv.api.codec.Codec} write a value bare, so that it makes a short key and is legible to other programs:
 *
 * <table>
 *   <caption>Bytes of single values; all numbers are big-endian</caption>
 *   <tr><th>codec</th><th>bytes</th><th>order of the bytes</th></tr>
 *   <tr><td>{@code STRING}</td><td>UTF-8</td><td>by code point</td></tr>
 *   <tr><td>{@code BYTES}</td><td>themselves</td><td>unsigned</td></tr>
 *   <tr><td>{@code INT}, {@code LONG}</td><td>4 or 8, the sign bit flipped</td><td>as numbers</td></tr>
 *   <tr><td>{@code DOUBLE}</td><td>8, IEEE 754, the sign bit flipped; a negative one with all bits flipped</td>
 *       <td>as {@link java.lang.Double#compare}: NaN is the greatest</td></tr>
 *   <tr><td>{@code BOOLEAN}</td><td>1: 0 or 1</td><td>false before true</td></tr>
 *   <tr><td>{@code UUID}</td><td>16</td><td>as its text</td></tr>
 *   <tr><td>{@code INSTANT}</td><td>8 of seconds since 1970, the sign bit flipped; 4 of nanoseconds</td><td>in time</td></tr>
 *   <tr><td>enums</td><td>the constant's name, in UTF-8</td><td>none</td></tr>
 *   <tr><td>records as keys</td><td>the components one after the other, see below</td><td>by component, the first one foremost</td></tr>
 * </table>
 *
 * <p>A record as a key ({@link io.bitkv.api.codec.Codec#ofKeyRecord}) is its components in their order. Those with a fixed length stand as
 * above; strings, byte arrays and enums have each byte 0 written as {@code 00 FF} and end in {@code 00 01}, which keeps the order and lets
 * the leading components be a prefix to scan by.
 *
 * <h2>Structured values</h2>
 *
 * <p>Records, lists, maps and optional values are written so that they can be read without their class: each value is a tag byte and what
 * the tag says. Unsigned numbers are variable-length (7 bits a byte, the lowest first, the top bit set on all bytes but the last);
 * integers are zigzag-mapped to unsigned ones first ({@code 0, -1, 1, -2} become {@code 0, 1, 2, 3}).
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><th>tag</th><th>value</th><th>what follows</th></tr>
 *   <tr><td>0</td><td>null, an empty {@code Optional}</td><td>nothing</td></tr>
 *   <tr><td>1, 2</td><td>false, true</td><td>nothing</td></tr>
 *   <tr><td>3</td><td>{@code byte}, {@code short}, {@code char}, {@code int}, {@code long}</td><td>zigzag number</td></tr>
 *   <tr><td>4</td><td>{@code float}</td><td>4 bytes, big-endian</td></tr>
 *   <tr><td>5</td><td>{@code double}</td><td>8 bytes, big-endian</td></tr>
 *   <tr><td>6</td><td>text: strings, enum names, decimals, dates, durations</td><td>length, UTF-8</td></tr>
 *   <tr><td>7</td><td>byte arrays, and values of codecs from elsewhere</td><td>length, the bytes</td></tr>
 *   <tr><td>8</td><td>UUID</td><td>16 bytes</td></tr>
 *   <tr><td>9</td><td>instant</td><td>zigzag seconds since 1970, nanoseconds</td></tr>
 *   <tr><td>10</td><td>list, set</td><td>count, that many values</td></tr>
 *   <tr><td>11</td><td>map</td><td>count, that many pairs of values</td></tr>
 *   <tr><td>12</td><td>record</td><td>count, that many fields: length, name in UTF-8, value</td></tr>
 * </table>
 *
 * <p>Null components of a record are left out. A reader takes fields by name: one that it does not know is skipped, one that is missing is
 * 0, false, null or empty. An integer may be read into a wider or narrower type as long as it fits, and into a {@code double}; a {@code
 * float} into a {@code double}. So components may be added, removed, reordered and widened while old values remain; a renamed component is
 * a new one. Nesting is bounded by 250 levels.
 */
package io.bitkv.api.codec;
