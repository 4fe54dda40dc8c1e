package io.millrace.connect.sinks.iceberg.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages with Zstandard, and reads what other writers of the table may have chosen. */
final class PageCompression implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("Pages are not compressed by " + codec);
        }
        return new Zstandard();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    private static byte[] bytes(BytesInput page) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) page.size());
        page.writeAllTo(all);
        return all.toByteArray();
    }

    private static final class Zstandard implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(Zstd.compress(bytes(page)));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int length) throws IOException {
            return BytesInput.from(decompressed(bytes(page), length));
        }

        @Override
        public void decompress(ByteBuffer page, int compressed, ByteBuffer out, int length) throws IOException {
            byte[] bytes = new byte[compressed];
            page.get(bytes);
            out.put(decompressed(bytes, length));
        }

        private byte[] decompressed(byte[] page, int length) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> page;
                case ZSTD -> Zstd.decompress(page, length);
                case SNAPPY -> Snappy.uncompress(page);
                case GZIP -> gunzipped(page);
                default ->
                    throw new IOException("Pages compressed by " + codec
                            + " cannot be read here; write the table with zstd, snappy or gzip");
            };
        }

        private static byte[] gunzipped(byte[] page) throws IOException {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
                return in.readAllBytes();
            }
        }

        @Override
        public void release() {}
    }
}
