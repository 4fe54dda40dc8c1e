package io.millrace.connect.sinks.iceberg.parquet;

import java.lang.reflect.Constructor;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetMetricsCallback;

/**
 * Options of Parquet's reader without Hadoop. Their builder makes a factory of Hadoop's codecs before it takes another one, so
 * the constructor behind it is called here, which is not public: an upgrade of Parquet has to look at it. The pipeline's test
 * runs it without Hadoop.
 */
final class PlainReadOptions {
    private static final int MOST_ALLOCATED = 8 << 20;

    private PlainReadOptions() {}

    static ParquetReadOptions of(CompressionCodecFactory codecs) {
        Class<?> flag = boolean.class;
        try {
            Constructor<ParquetReadOptions> constructor = ParquetReadOptions.class.getDeclaredConstructor(
                    flag,
                    flag,
                    flag,
                    flag,
                    flag,
                    flag,
                    flag,
                    flag,
                    flag,
                    FilterCompat.Filter.class,
                    ParquetMetadataConverter.MetadataFilter.class,
                    CompressionCodecFactory.class,
                    ByteBufferAllocator.class,
                    int.class,
                    Map.class,
                    FileDecryptionProperties.class,
                    ParquetMetricsCallback.class,
                    ParquetConfiguration.class);
            constructor.setAccessible(true);
            // All rows are read: no filter of rows, statistics, dictionaries or indexes is asked for.
            return constructor.newInstance(
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    FilterCompat.NOOP,
                    ParquetMetadataConverter.NO_FILTER,
                    codecs,
                    HeapByteBufferAllocator.getInstance(),
                    MOST_ALLOCATED,
                    Map.of(),
                    null,
                    null,
                    new PlainParquetConfiguration());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Parquet makes its options otherwise", e);
        }
    }
}
