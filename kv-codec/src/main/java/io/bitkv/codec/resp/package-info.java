/**
 * The Redis serialization protocol, versions 2 and 3, as pure functions over byte arrays.
 *
 * <p>A server reads requests with {@link io.bitkv.codec.resp.RequestParser} and writes replies with
 * {@link io.bitkv.codec.resp.ReplyWriter}; a client writes requests with {@link
 * io.bitkv.codec.resp.RequestWriter} and reads replies with {@link
 * io.bitkv.codec.resp.ReplyParser}. Nothing here does input or output, keeps a thread, or reads a
 * clock. The parsers are fed windows {@code [from, to)} of an array that the caller owns, however
 * the network cut the stream, and go on where they stopped; no byte is looked at again and again
 * while the rest is under way. A length the peer declares never sizes an allocation: memory grows
 * with the bytes that have arrived.
 *
 * <h2>Requests</h2>
 *
 * <pre>
 *   request   = multibulk | inline
 *   multibulk = "*" count CRLF count * bulk        count below 1: an empty request, skipped
 *   bulk      = "$" length CRLF length * byte CRLF
 *   inline    = words [ CR ] LF                    no words: an empty request, skipped
 *   words     = word *( blank word )               with "double" and 'single' quotes
 * </pre>
 *
 * <p>Between double quotes {@code \n \r \t \b \a} stand for control characters, {@code \xHH} for
 * any byte, and a backslash before any other byte for that byte; between single quotes only {@code
 * \'} is special. A closing quote ends its word.
 *
 * <h2>Replies</h2>
 *
 * <table>
 *   <caption>What each type looks like, and what stands for it under version 2</caption>
 *   <tr><th>type</th><th>version 3</th><th>version 2</th></tr>
 *   <tr><td>simple string</td><td>{@code +text}</td><td>the same</td></tr>
 *   <tr><td>error</td><td>{@code -CODE text}</td><td>the same</td></tr>
 *   <tr><td>integer</td><td>{@code :7}</td><td>the same</td></tr>
 *   <tr><td>bulk string</td><td>{@code $length}, the bytes</td><td>the same</td></tr>
 *   <tr><td>array</td><td>{@code *count}, the elements</td><td>the same</td></tr>
 *   <tr><td>null</td><td>{@code _}</td><td>{@code $-1}, in an array's place {@code *-1}</td></tr>
 *   <tr><td>boolean</td><td>{@code #t}, {@code #f}</td><td>the integer 1 or 0</td></tr>
 *   <tr><td>double</td><td>{@code ,1.5}</td><td>a bulk string of the same text</td></tr>
 *   <tr><td>big number</td><td>{@code (digits}</td><td>a bulk string of the same text</td></tr>
 *   <tr><td>verbatim string</td><td>{@code =length}, {@code txt:}, the bytes</td><td>a bulk string</td></tr>
 *   <tr><td>bulk error</td><td>{@code !length}, the text</td><td>never written; read as an error</td></tr>
 *   <tr><td>map</td><td>{@code %pairs}, keys and values in turn</td><td>an array of both</td></tr>
 *   <tr><td>set</td><td>{@code ~count}, the elements</td><td>an array</td></tr>
 *   <tr><td>push</td><td>{@code >count}, the elements</td><td>an array</td></tr>
 *   <tr><td>attributes</td><td>{@code |pairs}, before the value they describe</td><td>never written;
 *       read, checked and dropped</td></tr>
 * </table>
 *
 * <p>Every line ends in CR LF. Streamed strings and aggregates ({@code $?}, {@code *?} and their
 * parts), which no released server sends, are refused by name.
 *
 * <p>Sources: the <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis
 * serialization protocol specification</a>, the <a
 * href="https://github.com/antirez/RESP3/blob/master/spec.md">RESP3 specification</a>, and, for the
 * error texts and the limits, the behaviour of redis-server 7.0.
 */
package io.bitkv.codec.resp;
