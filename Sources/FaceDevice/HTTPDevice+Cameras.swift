// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransport

extension HTTPDevice {
    /// Codes for a message that lacks a field (interface, "Which code for which situation").
    private static let incomplete: Set<Int> = [-3596, -1]

    /// The cameras and the libraries bound to them (516); their passwords stay in the reply's bytes and go with them.
    public func cameras() async throws -> [Camera] {
        try await cameraRecords().map { channel, camera in
            let ids = camera.text(of: "lib_ids").split(separator: ",").compactMap { part in
                Int(part.filter { $0 != " " })
            }
            return Camera(channel: channel, name: camera.text(of: "camera_name"), libraryIDs: ids)
        }
    }

    /// Binds a camera to these libraries and to no others (515), and sees afterwards that it lists them.
    ///
    /// What is left out of 515 keeps its value, so channel and libraries are all that is sent. A device that wants to
    /// be told the platform of a vcn camera again gets back what it says of it itself (interface C5).
    ///
    /// - Parameters:
    ///   - libraries: The ids of the libraries; none unbinds all.
    ///   - camera: The camera.
    /// - Throws: ``DeviceError``, with ``DeviceError/Code/malformedReply`` when the device took the libraries and
    ///   lists others afterwards; `CancellationError`.
    public func bind(_ libraries: [Int], to camera: Camera) async throws {
        var reply = try await exchange(.bindLibraries, Self.binding(libraries, to: camera))
        if Self.incomplete.contains(reply.code) {
            let platform = try await platform(of: camera)
            if !platform.isEmpty {
                reply = try await exchange(.bindLibraries, Self.binding(libraries, to: camera, platform))
            }
        }
        guard reply.code == 0 else { throw refusal(of: .bindLibraries, reply) }
        let listed = try await cameras().first { $0.channel == camera.channel }?.libraryIDs ?? []
        guard Set(listed) == Set(libraries) else {
            throw malformed(.bindLibraries, "no error, but camera \(camera.channel) lists other libraries afterwards")
        }
    }

    private static func binding(
        _ libraries: [Int],
        to camera: Camera,
        _ platform: [(name: String, value: String)] = []
    ) -> HTTPRequest.Body {
        .json(.bindLibraries) { message in
            message.field("channel", camera.channel)
            message.field("lib_ids", libraries.map { String($0) }.joined(separator: ","))
            for field in platform { message.field(field.name, field.value) }
        }
    }

    /// What the device says of the platform behind a camera, with the password in clear; empty for all but vcn cameras.
    ///
    /// Which camera is one is seen by its fields, since its protocol goes by several names (interface C4, C5).
    private func platform(of camera: Camera) async throws -> [(name: String, value: String)] {
        let record = try await cameraRecords().first { $0.channel == camera.channel }?.record
        let names = ["trd_login_user", "trd_login_pwd", "trd_login_url", "trd_fetch_stream_url"]
        let fields = names.compactMap { name in record?[name]?.text.map { (name: name, value: $0) } }
        guard !fields.contains(where: { Mask.covers($0.value) }) else {
            throw DeviceError(
                .refused,
                "device \(name) wants the platform password of camera \(camera.channel) to bind libraries to it, and shows "
                    + "it only masked; bind them on the device"
            )
        }
        return fields
    }

    /// The cameras as the device lists them, by channel.
    private func cameraRecords() async throws -> [(channel: Int, record: JSONValue)] {
        let data = try await success(.cameras, .json(.cameras)).data
        guard let cameras = (data["camera"] ?? data).elements ?? data.emptyList else {
            throw malformed(.cameras, "no list of cameras")
        }
        return try cameras.map { camera in
            guard let channel = camera["channel"]?.integer else {
                throw malformed(.cameras, "a camera without channel")
            }
            return (channel, camera)
        }
    }
}
