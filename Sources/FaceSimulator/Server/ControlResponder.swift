// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// The loopback port on which tests look at the simulator's state.
struct ControlResponder: HTTPResponder {
    typealias Context = DeviceContext

    let appliance: Appliance

    func respond(to request: Request, context: DeviceContext) async throws -> Response {
        switch (request.uri.path, request.method) {
        case ("/simulator/state", .get):
            let dump = StateDump(appliance: appliance)
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody { writer in
                    try await dump.write(to: &writer)
                    try await writer.finish(nil)
                }
            )
        case ("/simulator/reset-calls", .post):
            appliance.counters.reset()
            try await appliance.store.resetTally()
            return Response(status: .ok)
        case ("/simulator/state", _), ("/simulator/reset-calls", _): return Response(status: .methodNotAllowed)
        default: return Response(status: .notFound)
        }
    }
}
