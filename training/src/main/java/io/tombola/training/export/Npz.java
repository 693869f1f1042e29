package io.tombola.training.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes NumPy's archives: an uncompressed zip with one file of format 1.0 a tensor
 * (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
public final class Npz {

  private static final int ALIGNMENT = 64;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /** The bytes of an archive; equal tensors give equal bytes. */
  public static byte[] encode(List<Tensor> tensors) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Tensor tensor : tensors) {
        byte[] array = npy(tensor);
        zip.putNextEntry(entry(tensor.name() + ".npy", array));
        zip.write(array);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return out.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(NO_TIME);
    return entry;
  }

  private static byte[] npy(Tensor tensor) {
    String shape = tensor.shape().stream().map(d -> d + ", ").collect(Collectors.joining());
    String fields =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(tensor.type().npy(), shape.stripTrailing());
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    int before = magic.length + Short.BYTES;
    int padding = ALIGNMENT - 1 - (before + fields.length()) % ALIGNMENT;
    byte[] header = (fields + " ".repeat(padding) + "\n").getBytes(US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(magic);
    out.write(header.length & 0xff);
    out.write(header.length >> 8);
    out.writeBytes(header);
    out.writeBytes(tensor.content());
    return out.toByteArray();
  }
}
