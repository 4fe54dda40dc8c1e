package io.millrace.connect.sinks.files.format;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages. Parquet's own codecs are Hadoop's, and would need all of it. */
final class ParquetCompression implements CompressionCodecFactory {
    static CompressionCodecName name(Compression compression) {
        return switch (compression) {
            case NONE -> CompressionCodecName.UNCOMPRESSED;
            case GZIP -> CompressionCodecName.GZIP;
            case SNAPPY -> CompressionCodecName.SNAPPY;
            case ZSTD -> CompressionCodecName.ZSTD;
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Files are written here, not read");
    }

    @Override
    public void release() {}

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> page;
                case GZIP -> gzip(page);
                case SNAPPY -> BytesInput.from(Snappy.compress(bytes(page)));
                case ZSTD -> BytesInput.from(Zstd.compress(bytes(page)));
                default -> throw new IOException("Pages are not compressed by " + codec);
            };
        }

        private static byte[] bytes(BytesInput page) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream((int) page.size());
            page.writeAllTo(all);
            return all.toByteArray();
        }

        private static BytesInput gzip(BytesInput page) throws IOException {
            ByteArrayOutputStream small = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
                page.writeAllTo(gzip);
            }
            return BytesInput.from(small.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }
}
