// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
import FaceRepository

/// Tells which cameras a library was bound to, and binds them again where that is asked for (516, 515).
struct CameraRestoring {
    let invocation: Invocation
    let snapshot: Snapshot
    /// The device that was restored to.
    let device: any Device

    /// Tells, and binds.
    ///
    /// - Parameters:
    ///   - name: The library that was restored.
    ///   - binds: Whether cameras are bound, after the plan was shown.
    ///   - isAgreed: Whether nobody is asked.
    /// - Throws: `DeviceError`, ``CommandError``, `CancellationError`.
    func run(library name: String, binds: Bool, isAgreed: Bool) async throws {
        guard !snapshot.cameras.isEmpty else { return }
        let console = invocation.console
        let names = snapshot.cameras.map { "\($0.channel) \($0.name)" }.joined(separator: ", ")
        guard binds else {
            console.notice(
                "When it was backed up, \(snapshot.library.name) was bound to the cameras \(names); "
                    + "--rebind-cameras binds them."
            )
            return
        }
        guard let library = try await device.libraries().first(where: { $0.name == name }) else { return }
        let cameras = try await device.cameras()
        var plan: [(camera: Camera, libraries: [Int])] = []
        for wanted in snapshot.cameras {
            guard let camera = cameras.first(where: { $0.channel == wanted.channel }) else {
                console.warn("\(device.name) has no camera \(wanted.channel) (\(wanted.name)); it is not bound.")
                continue
            }
            guard camera.name == wanted.name || wanted.name.isEmpty else {
                console.warn(
                    "Camera \(camera.channel) of \(device.name) is called \(camera.name), and was \(wanted.name); "
                        + "it is not bound."
                )
                continue
            }
            if camera.libraryIDs.contains(library.id) { continue }
            plan.append((camera, camera.libraryIDs + [library.id]))
        }
        if plan.isEmpty { return console.notice("All cameras that are there are bound to \(name) already.") }
        for (camera, libraries) in plan { try console.answer(Binding(camera: camera, libraries: libraries)) }
        try await invocation.confirm(
            "Bind \(count(plan.count, "camera")) on \(device.name) to \(name)?",
            agreed: isAgreed
        )
        for (camera, libraries) in plan { try await device.bind(libraries, to: camera) }
    }

    /// What is bound to one camera.
    private struct Binding: Answer {
        let camera: Camera
        let libraries: [Int]

        private func text(_ ids: [Int]) -> String { ids.map(String.init).joined(separator: ",") }

        var lines: [String] {
            let before = camera.libraryIDs.isEmpty ? "none" : text(camera.libraryIDs)
            return ["Plan: camera \(camera.channel) \(camera.name): libraries \(before) → \(text(libraries))"]
        }

        var json: JSONValue {
            [
                "type": "binding", "channel": JSONValue(camera.channel), "name": .string(camera.name),
                "before": .string(text(camera.libraryIDs)), "after": .string(text(libraries)),
            ]
        }
    }
}
