// SPDX-License-Identifier: Apache-2.0

/// Messages 516 and 515: the cameras and the libraries that they look for (4.1, 4.3).
extension Appliance {
    func listCameras() async throws -> Reply {
        let cameras = try await store.cameras()
        let masked: Set = quirks[.maskCameraPwd] ? ["camera_pwd"] : []
        return .success(
            .object([
                ("camera", .list(cameras.map { $0.shown(masked: masked) })),
                ("computing_power_capacity", .integer(16)),
                ("used_computing_power", .integer(cameras.reduce(0) { $0 + $1.kind.power })),
            ])
        )
    }

    func modifyCamera(_ call: Call) async throws -> Reply {
        let channel = try call.fields.requiredInteger("channel")
        guard (1...quirks.channelMaximum).contains(channel) else { throw DeviceFault(.parameter) }
        try await store.changeCamera(channel) { kind in try changes(call.fields, kind) }
        return .success(.object([("channel", .integer(channel))]))
    }

    /// The new values of the fields that were given; what is left out keeps its value.
    private func changes(_ fields: Fields, _ kind: CameraKind) throws(DeviceFault) -> [String: String] {
        var changes: [String: String] = [:]
        for field in CameraField.all where field.isChanged(of: kind) {
            let value = field.isNumber ? try fields.integer(field.name).map { String($0) } : try fields.text(field.name)
            changes[field.name] = value
        }
        if kind == .vcn, quirks[.trdRequired] {
            guard CameraField.platform.allSatisfy({ changes[$0]?.isEmpty == false }) else {
                throw DeviceFault(.parameter)
            }
        }
        if let threshold = changes["threshold"].flatMap({ Int($0) }), !(0...100).contains(threshold) {
            throw DeviceFault(.parameter)
        }
        if let vendor = changes["vendor"], !Self.vendors.contains(vendor) { changes["vendor"] = "dahua" }
        if let text = changes["lib_ids"] { changes["lib_ids"] = try libraryIDs(text) }
        return changes
    }

    /// The ids in their order, each once; `nil` where the binding is to stay as it is (C2).
    private func libraryIDs(_ text: String) throws(DeviceFault) -> String? {
        if text.isEmpty { return quirks[.libIDsEmptyKeeps] ? nil : "" }
        var ids: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let id = Int(part.filter { $0 != " " }) else { throw DeviceFault(.parameter) }
            if !ids.contains(id) { ids.append(id) }
        }
        guard ids.count <= 50 else { throw DeviceFault(.parameter) }
        return ids.map { String($0) }.joined(separator: ",")
    }

    /// The makers that the device tells apart (C7).
    private static let vendors: Set = ["hikvision", "sensedlc11", "sensedlct", "sensedlcd", "dahuas", "dahua"]
}
