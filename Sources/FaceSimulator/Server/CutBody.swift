// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import NIOCore

/// Bodies that promise more than they deliver.
enum CutBody {
    /// The first half of a body under the length of the whole, and then the end of the connection.
    static func half(_ bytes: [UInt8], of channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
            try await channel.close()
        }
    }
}
