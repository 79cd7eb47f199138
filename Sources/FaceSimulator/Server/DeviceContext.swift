// SPDX-License-Identifier: Apache-2.0
import Hummingbird
import NIOCore

/// What is known about a request besides itself: the connection it came on.
struct DeviceContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
