package example.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import io.bitkv.api.codec.CodecProvider;
import java.io.IOException;
import java.util.Optional;

/** Offers codecs that keep values in JSON, for classes that say {@link StoredAsJson}. Found by {@code Codec.of} as a service. */
public final class JsonCodecs implements CodecProvider {

  /** Fields that a newer version of the program has written are skipped, as the record codecs do. */
  private static final JsonMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Makes the provider; {@link java.util.ServiceLoader} does. */
  public JsonCodecs() {}

  @Override
  public Optional<Codec<?>> codec(Class<?> type) {
    return type.isAnnotationPresent(StoredAsJson.class) ? Optional.of(json(type)) : Optional.empty();
  }

  private static <T> Codec<T> json(Class<T> type) {
    ObjectWriter writer = MAPPER.writerFor(type);
    ObjectReader reader = MAPPER.readerFor(type);
    return Codec.of(value -> write(writer, value), bytes -> type.cast(read(reader, bytes, type)));
  }

  private static byte[] write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new CodecException("no JSON can be made of a " + value.getClass().getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  private static Object read(ObjectReader reader, byte[] bytes, Class<?> type) {
    try {
      return reader.readValue(bytes);
    } catch (IOException e) {
      String what = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new CodecException("the bytes are no " + type.getSimpleName() + " in JSON: " + what, e);
    }
  }
}
