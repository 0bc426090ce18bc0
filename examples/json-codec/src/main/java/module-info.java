/** Values in JSON, as an example of codecs that another library makes. */
module example.json {
  requires io.bitkv.client;
  requires com.fasterxml.jackson.databind;

  provides io.bitkv.api.codec.CodecProvider with
      example.json.JsonCodecs;

  // Jackson reads and makes the records.
  opens example.json to
      com.fasterxml.jackson.databind;
}
