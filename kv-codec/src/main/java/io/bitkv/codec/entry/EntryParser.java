package io.bitkv.codec.entry;

import io.bitkv.codec.entry.EntryHeader.Status;

/** The reading half of {@link EntryCodec}: parses the headers of one segment's entries. Immutable. */
final class EntryParser {
  private final SegmentHeader segment;
  private final long baseSequence;
  private final long baseTime;

  EntryParser(SegmentHeader segment) {
    this.segment = segment;
    baseSequence = segment.baseSequence();
    baseTime = segment.baseTime();
  }

  /** Parses a header, as {@link EntryCodec#parse} says. */
  Status parse(EntryHeader header, byte[] window, int from, int to) {
    int there = (int) Math.min(Math.min(to - from, EntryCodec.MAX_HEADER_LENGTH), header.end - header.offset);
    header.dataKnown = false;
    if (there < EntryCodec.FIELDS_AT) {
      return torn(header, EntryCodec.FIELDS_AT - Math.max(0, there));
    }
    System.arraycopy(window, from, header.scratch.bytes, 0, there);
    int tag = header.scratch.bytes[EntryCodec.TAG_AT];
    header.kind = EntryKind.ofLowBits(tag);
    if (header.kind == null) {
      return corrupt(header, (tag & EntryKind.MASK) == SegmentFooter.TAG ? Fault.FOOTER : Fault.KIND);
    }
    if ((tag & EntryCodec.RESERVED) != 0) {
      return corrupt(header, Fault.FLAGS);
    }
    header.batchContinues = (tag & EntryCodec.BATCH_CONTINUES) != 0;
    header.reader.begin(header.scratch.bytes, EntryCodec.FIELDS_AT, there);
    parseLengths(header, tag);
    parseTimes(header, tag);
    return conclude(header);
  }

  private static void parseLengths(EntryHeader header, int tag) {
    VarintReader in = header.reader;
    header.keyspace = 0;
    if ((tag & EntryCodec.HAS_KEYSPACE) != 0) {
      header.keyspace = (int) in.next(Integer.MAX_VALUE, Fault.KEYSPACE);
      in.require(header.keyspace != 0, Fault.KEYSPACE);
    }
    header.keyLength = 0;
    if (header.kind != EntryKind.DROP_KEYSPACE) {
      header.keyLength = (int) in.next(EntryCodec.MAX_KEY_LENGTH, Fault.KEY_LENGTH);
    }
    header.valueLength = 0;
    if (header.kind == EntryKind.PUT) {
      header.valueLength = (int) in.next(EntryCodec.MAX_VALUE_LENGTH, Fault.VALUE_LENGTH);
    }
  }

  private void parseTimes(EntryHeader header, int tag) {
    VarintReader in = header.reader;
    header.sequence = baseSequence + in.next(Long.MAX_VALUE - baseSequence, Fault.SEQUENCE);
    in.require(header.sequence > 0, Fault.SEQUENCE);
    header.timestamp = baseTime + Varint.unzigzag(in.next());
    header.expiry = EntryHeader.NO_EXPIRY;
    if ((tag & EntryCodec.HAS_EXPIRY) != 0) {
      header.expiry = header.timestamp + Varint.unzigzag(in.next());
      in.require(header.expiry > 0 && header.kind == EntryKind.PUT, Fault.EXPIRY);
    }
    header.watermark = EntryHeader.NO_WATERMARK;
    if ((tag & EntryCodec.HAS_WATERMARK) != 0) {
      header.watermark = header.offset - in.next(header.offset, Fault.WATERMARK);
      in.require(header.watermark > EntryHeader.NO_WATERMARK, Fault.WATERMARK);
    }
  }

  private Status conclude(EntryHeader header) {
    if (header.reader.torn()) {
      return torn(header, 1);
    }
    if (header.reader.fault() != null) {
      return corrupt(header, header.reader.fault());
    }
    header.place(segment, header.offset, header.reader.at());
    long missing = header.offset + header.length() - header.end;
    return missing > 0 ? torn(header, missing) : Status.WHOLE;
  }

  private static Status torn(EntryHeader header, long missing) {
    header.missing = missing;
    return Status.TORN;
  }

  private static Status corrupt(EntryHeader header, Fault fault) {
    header.fault = fault;
    return Status.CORRUPT;
  }
}
