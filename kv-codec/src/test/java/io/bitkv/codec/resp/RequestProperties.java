package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Wire.Outcome;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestProperties {
  private static final RequestLimits SMALL = new RequestLimits(40, 20, 300, 3, 5);

  @Property(tries = 500)
  void whatIsWrittenIsReadHoweverItIsCut(
      @ForAll("requests") List<List<byte[]>> requests, @ForAll long seed) {
    ByteArrayOutput output = new ByteArrayOutput(0);
    RequestWriter writer = new RequestWriter(output);
    for (List<byte[]> request : requests) {
      writer.begin(request.size());
      request.forEach(writer::argument);
    }
    byte[] stream = Arrays.copyOf(output.array(), output.position());

    Outcome<List<String>> outcome =
        Wire.requests(
            new RequestParser(RequestLimits.DEFAULT), stream, HostileStreams.pieces(seed));

    List<List<String>> expected =
        requests.stream().map(request -> request.stream().map(Wire::text).toList()).toList();
    assertEquals(new Outcome<>(expected, "", 0), outcome);
  }

  @Property(tries = 3000)
  void hostileBytesMeanTheSameHoweverTheyAreCut(
      @ForAll("hostile") byte[] stream, @ForAll long seed, @ForAll boolean unauthenticated) {
    RequestParser atOnce = new RequestParser(SMALL);
    RequestParser inPieces = new RequestParser(SMALL);
    atOnce.authenticationRequired(unauthenticated);
    inPieces.authenticationRequired(unauthenticated);
    assertEquals(
        Wire.requests(atOnce, stream, left -> left),
        Wire.requests(inPieces, stream, HostileStreams.pieces(seed)));
  }

  @Property(tries = 1000)
  void randomBytesGiveRequestsOrAProtocolError(@ForAll byte[] stream, @ForAll long seed) {
    Outcome<List<String>> outcome =
        Wire.requests(
            new RequestParser(RequestLimits.DEFAULT), stream, HostileStreams.pieces(seed));
    int read = outcome.frames().stream().flatMap(List::stream).mapToInt(String::length).sum();
    assertTrue(read <= stream.length);
  }

  @Provide
  Arbitrary<List<List<byte[]>>> requests() {
    Arbitrary<byte[]> argument = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    return argument.list().ofMinSize(1).ofMaxSize(12).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<byte[]> hostile() {
    return HostileStreams.of(
        List.of(
            "*1\r\n",
            "*2\r\n",
            "*0\r\n",
            "*-1\r\n",
            "*20\r\n",
            "*21\r\n",
            "*0000001\r\n",
            "$4\r\nPING\r\n",
            "$1\r\na\r\n",
            "$0\r\n\r\n",
            "$10\r\n0123456789\r\n",
            "$300\r\n",
            "$301\r\n",
            "PING\r\n",
            "set 'a b' \"\\x00\"\n",
            "\r\n"),
        List.of(
            "*",
            "$",
            "\r",
            "\n",
            "\r\n",
            "\0",
            "\"",
            "'",
            "\\",
            " ",
            "-",
            "+",
            "1",
            "a",
            "000000000000",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
  }
}
