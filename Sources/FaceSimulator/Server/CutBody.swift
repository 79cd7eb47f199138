// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import NIOCore
import SystemPackage

/// Bodies that promise more than they deliver.
enum CutBody {
    /// The first half of a file under the length of the whole, and then the end of the connection.
    ///
    /// It is read piece by piece, as archives are large.
    static func half(of file: FilePath, count: Int, of channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: count) { writer in
            let descriptor = try OpenFile.open(file, .readOnly, options: .closeOnExec)
            defer { try? descriptor.close() }
            var left = count / 2
            while left > 0 {
                var piece = [UInt8](repeating: 0, count: min(left, 128 * 1024))
                let read = try unsafe piece.withUnsafeMutableBytes { unsafe try descriptor.read(into: $0) }
                guard read > 0 else { break }
                try await writer.write(ByteBuffer(bytes: piece.prefix(read)))
                left -= read
            }
            try await channel.close()
        }
    }

    /// The first half of a body under the length of the whole, and then the end of the connection.
    static func half(_ bytes: [UInt8], of channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            try await channel.close()
        }
    }
}
