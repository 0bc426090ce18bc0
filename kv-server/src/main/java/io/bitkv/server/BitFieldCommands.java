package io.bitkv.server;

import io.bitkv.api.Put;
import java.util.List;

/** BITFIELD: reads and writes numbers of any width at any place of a string. */
final class BitFieldCommands {

  private static final String TYPE_AND_OFFSET = "encoding:string offset:integer";

  private static final byte[] EMPTY = {};

  private BitFieldCommands() {}

  static List<Command> commands() {
    return List.of(BITFIELD, BITFIELD_RO);
  }

  private static final Command BITFIELD =
      Command.named("bitfield", -2, "write denyoom", BitFieldCommands::bitfield)
          .key(1, "RW access update variable_flags")
          .docs(
              "bitmap",
              "3.2.0",
              "O(N) with N operations",
              "Reads, sets and increments numbers inside a string, as one step.",
              "key [operation: GET ("
                  + TYPE_AND_OFFSET
                  + ") | ([OVERFLOW (behavior: WRAP | SAT | FAIL)] (write: SET ("
                  + TYPE_AND_OFFSET
                  + " value:integer) | INCRBY ("
                  + TYPE_AND_OFFSET
                  + " increment:integer)))]...");

  private static void bitfield(Call call) {
    List<BitField> fields = BitField.parse(call);
    if (fields.stream().noneMatch(BitField::isWrite)) {
      read(call, fields);
      return;
    }
    byte[] key = call.arguments().key(1);
    Long[] results =
        call.atomically(
            key,
            db -> {
              byte[] held = db.get(key).orElse(EMPTY);
              byte[] bytes = Bits.grown(call, held, lastBit(fields));
              boolean isChanged = bytes.length > held.length;
              Long[] all = new Long[fields.size()];
              for (int i = 0; i < all.length; i++) {
                long before = fields.get(i).bits(bytes);
                all[i] = fields.get(i).apply(bytes);
                isChanged |= fields.get(i).bits(bytes) != before;
              }
              if (isChanged) {
                db.put(key, bytes, Put.always().keepExpiry());
              }
              return all;
            });
    reply(call, results);
  }

  private static long lastBit(List<BitField> fields) {
    return fields.stream()
        .filter(BitField::isWrite)
        .mapToLong(field -> field.offset() + field.width() - 1)
        .max()
        .orElseThrow();
  }

  private static final Command BITFIELD_RO =
      Command.named("bitfield_ro", -2, "readonly fast", BitFieldCommands::bitfieldRo)
          .key(1, "RO access")
          .docs(
              "bitmap",
              "6.0.0",
              "O(N) with N operations",
              "Reads numbers inside a string.",
              "key [GET (" + TYPE_AND_OFFSET + ")]...");

  private static void bitfieldRo(Call call) {
    List<BitField> fields = BitField.parse(call);
    if (fields.stream().anyMatch(BitField::isWrite)) {
      throw new CommandException("ERR BITFIELD_RO only supports the GET subcommand");
    }
    read(call, fields);
  }

  private static void read(Call call, List<BitField> fields) {
    byte[] bytes = call.db().get(call.arguments().key(1)).orElse(EMPTY);
    reply(call, fields.stream().map(field -> field.apply(bytes)).toArray(Long[]::new));
  }

  private static void reply(Call call, Long[] results) {
    call.reply().writeArrayHeader(results.length);
    for (Long result : results) {
      if (result == null) {
        call.reply().writeNull();
      } else {
        call.reply().writeInteger(result);
      }
    }
  }
}
