// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird

/// The loopback port on which tests look at the simulator's state.
struct ControlResponder: HTTPResponder {
    typealias Context = DeviceContext

    /// How many seconds the clock may be moved at once; a bit more than thirty years.
    private static let steps = 1...1_000_000_000

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
        case ("/simulator/advance-clock", .post):
            let seconds = request.uri.queryParameters.get("seconds").flatMap { Int($0) }
            guard let seconds, Self.steps.contains(seconds) else { return Response(status: .badRequest) }
            appliance.clock.advance(by: Double(seconds))
            return Response(status: .ok)
        case ("/simulator/state", _), ("/simulator/reset-calls", _), ("/simulator/advance-clock", _):
            return Response(status: .methodNotAllowed)
        default: return Response(status: .notFound)
        }
    }
}
