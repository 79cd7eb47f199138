// SPDX-License-Identifier: Apache-2.0
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import ServiceLifecycle

/// A simulated face-recognition appliance, served over HTTP or HTTPS.
public enum Simulator {
    private enum Port: Sendable {
        case device(Int)
        case control(Int)
    }

    /// Runs a simulator for as long as `body` runs, then closes its connections and waits for it to end.
    ///
    /// - Parameters:
    ///   - configuration: How the device is set up.
    ///   - logger: Takes the simulator's own faults; never what clients send.
    ///   - body: Called once the simulator listens.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw, or ``SimulatorError`` for a folder that cannot be written or a port that is taken.
    public static func run<Result: Sendable>(
        _ configuration: SimulatorConfiguration,
        logger: Logger,
        _ body: (RunningSimulator) async throws -> Result
    ) async throws -> Result {
        let usesTLS = configuration.usesTLS || configuration.quirks[.tls]
        let folder = try Self.folder(configuration)
        let identity = usesTLS ? try TLSIdentity(folder: folder) : nil
        let appliance = try Appliance(configuration, folder: folder, usesTLS: usesTLS, logger: logger)
        let (ports, report) = AsyncStream.makeStream(of: Port.self)
        var group = ServiceGroupConfiguration(
            services: try applications(configuration, appliance, identity) { report.yield($0) },
            logger: logger
        )
        // Requests that are still being answered get this long.
        group.maximumGracefulShutdownDuration = .milliseconds(400)
        let services = ServiceGroup(configuration: group)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { report.finish() }
                try await services.run()
            }
            guard let running = await running(ports, configuration, identity) else {
                do {
                    while try await group.next() != nil {}
                } catch let error as IOError {
                    throw SimulatorError(
                        description: "cannot listen on \(configuration.host):\(configuration.port): \(error)"
                    )
                }
                throw CancellationError()
            }
            do {
                let result = try await body(running)
                await services.triggerGracefulShutdown()
                while try await group.next() != nil {}
                return result
            } catch {
                await services.triggerGracefulShutdown()
                while await group.nextResult() != nil {}
                throw error
            }
        }
    }

    private static func folder(_ configuration: SimulatorConfiguration) throws -> DeviceFolder {
        do {
            return try DeviceFolder(configuration.data)
        } catch {
            throw SimulatorError(
                description: "cannot use the folder \(configuration.data): \(error.localizedDescription)"
            )
        }
    }

    /// Waits until every port is open; `nil` when the servers ended before that.
    private static func running(
        _ ports: AsyncStream<Port>,
        _ configuration: SimulatorConfiguration,
        _ identity: TLSIdentity?
    ) async -> RunningSimulator? {
        var device: Int?
        var control: Int?
        for await port in ports {
            switch port {
            case .device(let number): device = number
            case .control(let number): control = number
            }
            guard let device, control != nil || configuration.controlPort == nil else { continue }
            return RunningSimulator(
                url: "\(identity == nil ? "http" : "https")://\(configuration.host):\(device)",
                controlURL: control.map { "http://127.0.0.1:\($0)" },
                pin: identity?.pin
            )
        }
        return nil
    }

    private static func applications(
        _ configuration: SimulatorConfiguration,
        _ appliance: Appliance,
        _ identity: TLSIdentity?,
        _ report: @escaping @Sendable (Port) -> Void
    ) throws -> [any Service] {
        let http = HTTPServerBuilder.http1(
            configuration: .init(additionalChannelHandlers: [LargeReads(), ContinueHandler()])
        )
        let device = Application(
            responder: DeviceResponder(appliance: appliance, bodyLimit: configuration.bodyLimit),
            server: try identity.map {
                try .tls(http, tlsConfiguration: try $0.serverConfiguration(configuration.quirks))
            } ?? http,
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { report(.device($0.localAddress?.port ?? 0)) },
            logger: appliance.logger
        )
        guard let port = configuration.controlPort else { return [device] }
        let control = Application(
            responder: ControlResponder(appliance: appliance),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { report(.control($0.localAddress?.port ?? 0)) },
            logger: appliance.logger
        )
        return [device, control]
    }
}

/// Where a running simulator can be reached.
public struct RunningSimulator: Sendable {
    /// The base URL of the device's interface.
    public let url: String
    /// The base URL of the control port, when there is one.
    public let controlURL: String?
    /// The pin of the certificate, `sha256//…` as `curl --pinnedpubkey` takes it; `nil` without TLS.
    public let pin: String?
}

extension Appliance {
    /// The device that a configuration describes.
    init(_ configuration: SimulatorConfiguration, folder: DeviceFolder, usesTLS: Bool, logger: Logger) throws {
        let quirks = configuration.quirks
        let clock = configuration.clock.separate()
        let store = try DeviceStore(folder: folder, quirks: quirks, clock: clock)
        try store.drawRecords(configuration.records)
        try store.drawCameras(
            max(configuration.cameras, quirks[.cameraBinds] ? 1 : 0),
            firstBoundTo: quirks.numbers(.cameraBinds)
        )
        self.init(
            quirks: quirks,
            store: store,
            sessions: Sessions(
                user: configuration.user,
                password: configuration.password,
                quirks: quirks,
                clock: clock
            ),
            judge: ImageJudge(quirks: quirks, decodes: configuration.decodesImages),
            clock: clock,
            counters: Counters(),
            archives: ArchiveShelf(keepsArchives: configuration.keepsArchives),
            usesTLS: usesTLS,
            logger: logger
        )
    }
}
