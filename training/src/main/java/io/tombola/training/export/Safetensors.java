package io.tombola.training.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tombola.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes safetensors files: the length of a JSON header in 8 bytes, the header, then the tensors
 * without gaps (huggingface.co/docs/safetensors, "Format").
 */
public final class Safetensors {

  private static final int ALIGNMENT = 8;

  /** A tensor in the header. */
  private record Entry(
      String dtype, List<Integer> shape, @JsonProperty("data_offsets") List<Long> offsets) {}

  private Safetensors() {}

  /**
   * The bytes of a file; equal tensors and metadata give equal bytes.
   *
   * @param metadata goes into the header as {@code __metadata__}
   */
  public static byte[] encode(List<Tensor> tensors, SortedMap<String, String> metadata) {
    // Wide values first, so that each tensor is aligned without gaps.
    List<Tensor> ordered = tensors.stream().sorted(Comparator.comparing(Tensor::type)).toList();
    byte[] header = header(ordered, metadata);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded(header.length))
            .array());
    out.writeBytes(header);
    out.writeBytes(" ".repeat(padded(header.length) - header.length).getBytes(US_ASCII));
    ordered.forEach(tensor -> out.writeBytes(tensor.content()));
    return out.toByteArray();
  }

  private static byte[] header(List<Tensor> tensors, SortedMap<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long offset = 0;
    for (Tensor tensor : tensors) {
      long end = offset + tensor.content().length;
      header.put(
          tensor.name(),
          new Entry(tensor.type().safetensors(), tensor.shape(), List.of(offset, end)));
      offset = end;
    }
    return Json.bytes(header);
  }

  private static int padded(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
