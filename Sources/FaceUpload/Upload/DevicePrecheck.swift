// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
import FaceModel
package import FacePipeline

/// Asks the device what it thinks of each image before it is sent (`--precheck device`).
///
/// One call a portrait (779), with the bytes that would be uploaded: it finds no face, several faces or a face of
/// too low quality, where counting the faces (782) leaves the quality to the upload and makes the device write
/// crops. Rows whose image is not sent cost no call.
package struct DevicePrecheck: Sendable {
    package let device: any Device
    /// How many images the device is asked about at once.
    package let connections: Int
    /// Makes photos smaller that do not get through.
    package let fitting: PhotoFitting

    package init(device: any Device, connections: Int, fitting: PhotoFitting) {
        self.device = device
        self.connections = connections
        self.fitting = fitting
    }

    /// A device answers this to a message that it does not know.
    private static let unknownMessage = -3599

    /// Asks about the rows that come, in their order.
    ///
    /// - Parameters:
    ///   - input: Prepared rows.
    ///   - output: The rows that the device takes, and the settlements of the others; finished at the end.
    /// - Throws: `DeviceError` when the device can be asked about no image at all, and `CancellationError`.
    package func run(
        from input: Channel<PortraitPreparation.Result>,
        to output: Channel<PortraitPreparation.Result>
    ) async throws {
        try await runStage(width: connections, from: input, to: output) { result in
            guard case .ready(let row) = result, row.sendsImage else { return result }
            return try await examined(row)
        }
    }

    private func examined(_ row: PreparedRow) async throws -> PortraitPreparation.Result {
        func settled(_ outcome: Outcome, _ rejection: Rejection) -> PortraitPreparation.Result {
            .settled(row.settled(outcome, rejection), learned: nil)
        }
        do {
            let asked = try await fitting.asking(row) { try await device.detectFace(in: $0.image) }
            guard var passed = asked?.row else { return settled(.rejected, fitting.tooLarge(row)) }
            passed.detection = asked?.answer
            return .ready(passed)
        } catch let error as DeviceError where error.code == .unreachable || error.code == .replyLost {
            let failed = row.settled(.failed, DeviceRefusal.unreachable(error))
            return .stopped(failed, error)
        } catch let error as DeviceError where error.mayPass || error.code == .malformedReply {
            return settled(.failed, DeviceRefusal.unreachable(error))
        } catch let error as DeviceError where error.code == .cutOff {
            return settled(.failed, DeviceRefusal.unreachable(error))
        } catch let error as DeviceError where error.code == .refused {
            let code = error.deviceCode ?? -1
            guard code != Self.unknownMessage else { throw Self.unable(error) }
            return settled(.rejected, Rejection(Reason(deviceCode: code), error.message, deviceCode: code))
        }
    }

    /// The device has no such message: every other image would be refused in the same way.
    private static func unable(_ error: DeviceError) -> DeviceError {
        DeviceError(error.code, error.message + "; run again without --precheck device", deviceCode: error.deviceCode)
    }
}

extension FaceDetection {
    /// What the device sees, for the detail of a row.
    var sentence: String { "the device sees a face of quality \(quality)" + (box.isEmpty ? "" : " in \(box)") }
}
