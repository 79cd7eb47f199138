// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// Has a connection read a lot at once when a lot comes.
///
/// Every piece of a body wakes up the task that takes it, so batches of megabytes should come in few pieces.
final class LargeReads: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        let room = AdaptiveRecvByteBufferAllocator(minimum: 16 * 1024, initial: 64 * 1024, maximum: 1024 * 1024)
        // A connection that cannot be told reads as it did.
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: room)
    }
}
